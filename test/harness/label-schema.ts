import type { AttributeId, LabelId } from '../../shared/schema/ids';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';

const label = (
  n: number,
  name: string,
  color: string,
  more: Partial<LabelDefinition> = {},
): LabelDefinition => ({
  id: `00000000-0000-4000-8000-00000000000${n}` as LabelId,
  classIndex: n,
  name,
  color,
  shortcut: String(n),
  allowedShapes: [],
  description: '',
  attributes: [],
  isRetired: false,
  mergedIntoId: null,
  formerNames: [],
  supercategory: null,
  ...more,
});

export const OCCLUSION = '00000000-0000-4000-8000-0000000000a1' as AttributeId;

export const CAR = label(1, 'Car', '#4e9af1', {
  attributes: [
    {
      id: OCCLUSION,
      name: 'occlusion',
      isRequired: false,
      description: '',
      kind: 'number',
      min: 0,
      max: 3,
      defaultValue: 0,
    },
  ],
});
export const PERSON = label(2, 'Person', '#f2a93b');
export const SIGN = label(3, 'Traffic sign', '#5fbf77');
export const CURB = label(4, 'Curb', '#d65db1', { allowedShapes: ['polyline'] });
export const OLD = label(5, 'Old', '#999999', { isRetired: true });

/** A small schema with an attribute, a shape limit and a retired label. */
export const STREET_SCHEMA: LabelSchema = {
  revision: 1,
  nextClassIndex: 6,
  labels: [CAR, PERSON, SIGN, CURB, OLD],
};
