import type { SchemaTemplate } from './label-template';

/** No labels: the person makes their own. */
export const empty: SchemaTemplate = {
  id: 'empty',
  title: 'Empty',
  description: 'No labels yet; add your own or import a label schema.',
  labels: [],
};
