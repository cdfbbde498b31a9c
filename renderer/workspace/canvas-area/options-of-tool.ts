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
  /** Whether it makes objects of the active label. */
  readonly isDrawing: boolean;
}

const drawing = (title: string, ...options: readonly ToolOptionId[]): ToolFace => ({
  title,
  options,
  isDrawing: true,
});
const working = (title: string, ...options: readonly ToolOptionId[]): ToolFace => ({
  title,
  options,
  isDrawing: false,
});

/** What the options bar shows for each tool, by tool id. */
export const OPTIONS_OF_TOOL: Readonly<Record<string, ToolFace>> = {
  select: working('Select', 'snapping'),
  pan: working('Pan'),
  box: drawing('Box', 'boxMethod', 'snapping'),
  'rotated-box': drawing('Rotated box', 'snapping'),
  ellipse: drawing('Ellipse', 'snapping'),
  cuboid: drawing('Cuboid', 'snapping'),
  polygon: drawing('Polygon', 'snapping', 'simplify'),
  polyline: drawing('Polyline', 'snapping', 'simplify'),
  scissors: drawing('Scissors', 'simplify'),
  points: drawing('Points', 'snapping'),
  skeleton: drawing('Skeleton', 'snapping'),
  brush: drawing('Brush', 'brushMode', 'brushShape', 'brushDiameter'),
  wand: drawing('Magic wand', 'wandTolerance', 'wandContiguous', 'simplify'),
  cut: working('Cut', 'snapping'),
  ruler: working('Ruler', 'snapping'),
};
