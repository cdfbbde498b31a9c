import type { DatabaseVersion } from './index';

/** Imports: what they brought to images that nobody had worked on, and how far one that is under way came. */
export const version2: DatabaseVersion = {
  number: 2,
  stores: {
    importedPages: '[projectId+page]',
    labelImports: '[projectId+changeId]',
  },
};
