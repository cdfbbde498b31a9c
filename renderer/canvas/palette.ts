import type { Annotation } from '../../shared/schema/annotation';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';
import type { DisplaySettings } from '../editor/display-settings';
import { type Ink, inkOf } from './ink';

/** Which ink and which name an object gets. Made anew when the label schema or the display settings change. */
export interface Palette {
  inkOf(annotation: Annotation): Ink;
  /** What is being drawn has a label but no record yet. */
  inkOfLabel(labelId: LabelId | null): Ink;
  nameOf(labelId: LabelId): string;
}

export type ColourSettings = Pick<DisplaySettings, 'colourBy' | 'fillOpacity'>;

/** Colours that are far from one another in hue or lightness, and none near black or white. */
const DISTINCT_COLOURS = [
  '#4e9af1',
  '#f2a93b',
  '#5fbf77',
  '#d65db1',
  '#e5534b',
  '#8e7cf0',
  '#2fc4c4',
  '#c9d94b',
  '#f28fb1',
  '#a5774a',
  '#7fd6a4',
  '#b05cd6',
  '#f2d13b',
  '#4f7dd1',
  '#e07b39',
  '#8fb8de',
  '#c94f7c',
  '#6aa84f',
  '#d9a5f2',
  '#3f9c8f',
] as const;

/** What an object's state is shown as, when objects are coloured by it; the first that holds. */
export const STATE_COLOURS = {
  locked: '#a3aab3',
  model: '#d65db1',
  import: '#4e9af1',
  sample: '#f2a93b',
  person: '#5fbf77',
} as const;

export function createPalette(schema: LabelSchema, settings: ColourSettings, unknown: string): Palette {
  const { colourBy, fillOpacity } = settings;
  const inks = new Map<string, Ink>();
  const ink = (color: string): Ink => {
    const known = inks.get(color);
    if (known !== undefined) return known;
    const made = inkOf(color, fillOpacity);
    inks.set(color, made);
    return made;
  };
  const labels = currentLabels(schema);
  const inkByLabel = new Map([...labels].map(([id, label]) => [id, ink(label.color)]));
  const unknownInk = ink(unknown);
  const byLabel = (labelId: LabelId | null) =>
    (labelId === null ? undefined : inkByLabel.get(labelId)) ?? unknownInk;

  // Hashing ids of ten thousand objects costs more a frame than drawing them.
  const inkByRecord = new WeakMap<Annotation, Ink>();
  const remembered = (colourOf: (annotation: Annotation) => string) => (annotation: Annotation) => {
    const known = inkByRecord.get(annotation);
    if (known !== undefined) return known;
    const made = ink(colourOf(annotation));
    inkByRecord.set(annotation, made);
    return made;
  };
  const inkFor = {
    label: (annotation: Annotation) => byLabel(annotation.labelId),
    object: remembered((annotation) => distinctColour(annotation.id)),
    person: remembered((annotation) => distinctColour(annotation.createdBy)),
    state: remembered((annotation) => STATE_COLOURS[stateOf(annotation)]),
  };

  return {
    inkOf: inkFor[colourBy],
    inkOfLabel: byLabel,
    nameOf: (labelId) => labels.get(labelId)?.name ?? 'Unknown label',
  };
}

/** The state by which an object is coloured: locked comes before where it is from. */
export function stateOf({ isLocked, origin }: Annotation): keyof typeof STATE_COLOURS {
  return isLocked ? 'locked' : origin;
}

/** One of a few colours that are told apart easily; always the same for the same text. */
export function distinctColour(text: string): string {
  // FNV-1a (Fowler, Noll, Vo), 32 bit.
  let hash = 0x81_1c_9d_c5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01_00_01_93);
  }
  // The low bits of FNV are weak for short texts.
  const mixed = (hash ^ (hash >>> 15)) >>> 0;
  return DISTINCT_COLOURS[mixed % DISTINCT_COLOURS.length] ?? DISTINCT_COLOURS[0];
}

/** Labels by id; those of merged labels are their successor's. */
function currentLabels(schema: LabelSchema): ReadonlyMap<LabelId, LabelDefinition> {
  const byId = new Map(schema.labels.map((label) => [label.id, label]));
  return new Map(schema.labels.map((label) => [label.id, successor(label, byId)]));
}

function successor(label: LabelDefinition, byId: ReadonlyMap<LabelId, LabelDefinition>): LabelDefinition {
  let current = label;
  // A damaged schema may hold a ring; it is never longer than the schema.
  for (let steps = 0; steps < byId.size && current.mergedIntoId !== null; steps += 1) {
    current = byId.get(current.mergedIntoId) ?? current;
  }
  return current;
}
