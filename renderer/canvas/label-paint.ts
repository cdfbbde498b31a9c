import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';

/** A label's colours, ready for a 2D context. */
export interface LabelPaint {
  readonly name: string;
  readonly stroke: string;
  /** The inside of an object at rest, and of one that is selected, hovered or being drawn. */
  readonly fill: string;
  readonly strongFill: string;
  /** Text on the label's colour. */
  readonly text: string;
}

const REST_OPACITY = 0.09;
const STRONG_OPACITY = 0.2;

/** Paints by label id; those of merged labels are their successor's. */
export function paintsOf(schema: LabelSchema): ReadonlyMap<LabelId, LabelPaint> {
  const byId = new Map(schema.labels.map((label) => [label.id, label]));
  return new Map(schema.labels.map((label) => [label.id, paintOf(successor(label, byId))]));
}

function successor(label: LabelDefinition, byId: ReadonlyMap<LabelId, LabelDefinition>): LabelDefinition {
  let current = label;
  // A damaged schema may hold a ring; it is never longer than the schema.
  for (let steps = 0; steps < byId.size && current.mergedIntoId !== null; steps += 1) {
    current = byId.get(current.mergedIntoId) ?? current;
  }
  return current;
}

function paintOf({ name, color }: LabelDefinition): LabelPaint {
  const [red, green, blue] = channels(color);
  return {
    name,
    stroke: color,
    fill: `rgb(${red} ${green} ${blue} / ${REST_OPACITY})`,
    strongFill: `rgb(${red} ${green} ${blue} / ${STRONG_OPACITY})`,
    text: relativeLuminance(red, green, blue) > 0.18 ? '#0d0f12' : '#ffffff',
  };
}

export function paintOfUnknown(color: string): LabelPaint {
  return {
    name: 'Unknown label',
    stroke: color,
    fill: 'transparent',
    strongFill: 'transparent',
    text: '#0d0f12',
  };
}

function channels(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** WCAG 2.2's relative luminance, 0 to 1; at 0.18 black and white text contrast equally. */
function relativeLuminance(red: number, green: number, blue: number): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
