import type { ShapeType } from '../../../shared/schema/shapes';

/** One thing that a tool can be told. */
export type ToolOptionId =
  | 'boxMethod'
  | 'snapping'
  | 'simplify'
  | 'brushMode'
  | 'brushShape'
  | 'brushDiameter'
  | 'wandTolerance'
  | 'wandContiguous';

interface ToolFace {
  readonly title: string;
  readonly options: readonly ToolOptionId[];
  /** The shape that it gives the active label; null when it makes no objects. */
  readonly draws: ShapeType | null;
}

const drawing = (draws: ShapeType, title: string, ...options: readonly ToolOptionId[]): ToolFace => ({
  title,
  options,
  draws,
});
const working = (title: string, ...options: readonly ToolOptionId[]): ToolFace => ({
  title,
  options,
  draws: null,
});

/** What the options bar shows for each tool, by tool id. */
export const OPTIONS_OF_TOOL: Readonly<Record<string, ToolFace>> = {
  select: working('Select', 'snapping'),
  pan: working('Pan'),
  box: drawing('box', 'Box', 'boxMethod', 'snapping'),
  'rotated-box': drawing('rotated-box', 'Rotated box', 'snapping'),
  ellipse: drawing('ellipse', 'Ellipse', 'snapping'),
  cuboid: drawing('cuboid', 'Cuboid', 'snapping'),
  polygon: drawing('polygon', 'Polygon', 'snapping', 'simplify'),
  polyline: drawing('polyline', 'Polyline', 'snapping', 'simplify'),
  scissors: drawing('polygon', 'Scissors', 'simplify'),
  points: drawing('points', 'Points', 'snapping'),
  skeleton: drawing('skeleton', 'Skeleton', 'snapping'),
  brush: drawing('mask', 'Brush', 'brushMode', 'brushShape', 'brushDiameter'),
  wand: drawing('mask', 'Magic wand', 'wandTolerance', 'wandContiguous', 'simplify'),
  cut: working('Cut', 'snapping'),
  ruler: working('Ruler', 'snapping'),
};
