import type { Rect, Size } from '../../geometry/rect';
import type {
  BoxShape,
  PolygonShape,
  RotatedBoxShape,
  Shape,
  SkeletonShape,
  Vertex,
} from '../../schema/shapes';
import { LARGEST_COORDINATE } from '../../schema/shapes/coordinate';
import { openRing, rotatedBoxFromCorners } from '../parts/vertices';
import { takenApart } from './bridged-rings';
import type { LabelScanner, LineFault } from './label-scanner';
import { boxOfJoints, type Joint } from './pose-box';
import type { YoloTask } from './yolo-options';

/** How the numbers of a dataset's lines are to be taken. */
export interface LineRules {
  readonly task: YoloTask;
  readonly keypoints: { readonly count: number; readonly dimensions: 2 | 3 } | null;
  /** Names and edges of the joints of a class. */
  readonly skeletonOf: (classIndex: number) => {
    readonly joints: readonly string[];
    readonly edges: SkeletonShape['edges'];
  };
  /** Upright four-cornered outlines and turned boxes stand for boxes: our own writer says so of what it wrote. */
  readonly hasBoxOutlines: boolean;
}

/** Something that a person should know of a line that was read nevertheless. */
type LineRemark = LineFault;

export interface LineShapes {
  readonly shape: Shape;
  /** The box that came with joints and is not simply the one around them. */
  readonly box: BoxShape | null;
  readonly score: number | null;
  readonly remark: LineRemark | null;
}

/** Fractions written with six decimals pass 1 by this much through rounding alone; it is cut without a word. */
const ROUNDING = 1e-6;

/** Corners that a tool kept as whole pixels are this far off at most: half a pixel along each axis. */
const WHOLE_PIXELS_IN_IMAGE_PX = 0.75;

/** The shapes of the scanner's line in a picture, in image px, or what is wrong with it. */
export function shapesOfLine(line: LabelScanner, rules: LineRules, size: Size): LineShapes | LineFault {
  const { count } = line;
  if (rules.task === 'pose' && rules.keypoints !== null && count > 5) {
    return poseOfLine(line, rules, rules.keypoints, size);
  }
  if (count <= 5 || (rules.task === 'detect' && rules.keypoints !== null)) {
    return boxOfNumbers(line.numbers, count === 5, size);
  }
  // An odd number of values after the class means a confidence at the end, as Ultralytics' predictions have.
  const hasScore = count % 2 === 1;
  const corners = verticesOf(line, 0, hasScore ? count - 1 : count, size);
  if (corners.length < 3) {
    return fault('yolo-bad-line', `has ${count + 1} columns, which is neither a box nor a polygon`);
  }
  const score = hasScore ? scoreOf(line.numbers[count - 1]) : null;
  const bounds = boundsOf(corners);
  if (rules.task === 'detect') {
    return boxBetween(
      bounds.x / size.width,
      bounds.y / size.height,
      (bounds.x + bounds.width) / size.width,
      (bounds.y + bounds.height) / size.height,
      score,
      size,
    );
  }
  if (isBeyond(bounds)) return BEYOND;
  const found = rules.task === 'obb' ? orientedOf(corners, line, rules, size) : outlineOf(corners, rules);
  return { ...found, box: null, score, remark: found.remark ?? flat(bounds) ?? leaving(bounds, size) };
}

function boxOfNumbers(numbers: Float64Array, hasScore: boolean, size: Size): LineShapes | LineFault {
  const x = numbers[0] ?? 0;
  const y = numbers[1] ?? 0;
  const width = numbers[2] ?? 0;
  const height = numbers[3] ?? 0;
  if (!(width > 0 && height > 0)) return fault('yolo-degenerate-box', 'has a box without width or height');
  const score = hasScore ? (numbers[4] ?? 0) : null;
  if (score !== null && (score < 0 || score > 1)) {
    return fault('yolo-bad-line', `has a sixth column ${score} that is no confidence from 0 to 1`);
  }
  return boxBetween(x - width / 2, y - height / 2, x + width / 2, y + height / 2, score, size);
}

/** A box by its edges as fractions. YOLO knows nothing outside of the picture, so what leaves it is cut. */
function boxBetween(
  left: number,
  top: number,
  right: number,
  bottom: number,
  score: number | null,
  size: Size,
): LineShapes | LineFault {
  const fromLeft = clamped(left);
  const fromTop = clamped(top);
  const across = clamped(right) - fromLeft;
  const down = clamped(bottom) - fromTop;
  if (!(across > 0 && down > 0)) return fault('box-outside-image', 'has a box that lies outside the picture');
  const isCut = left < -ROUNDING || top < -ROUNDING || right > 1 + ROUNDING || bottom > 1 + ROUNDING;
  return {
    shape: {
      type: 'box',
      x: fromLeft * size.width,
      y: fromTop * size.height,
      width: across * size.width,
      height: down * size.height,
    },
    box: null,
    score,
    remark: isCut ? BOX_CLIPPED : null,
  };
}

const BOX_CLIPPED: LineRemark = {
  code: 'box-clipped',
  reason: 'has a box that leaves the picture; it was cut at the edge',
};

function clamped(fraction: number): number {
  return fraction < 0 ? 0 : fraction > 1 ? 1 : fraction;
}

function verticesOf({ numbers }: LabelScanner, from: number, to: number, size: Size): readonly Vertex[] {
  const vertices: Vertex[] = [];
  for (let at = from; at + 1 < to; at += 2) {
    vertices.push({
      x: settled(numbers[at] ?? 0) * size.width,
      y: settled(numbers[at + 1] ?? 0) * size.height,
    });
  }
  return vertices;
}

/** What rounding alone put outside of the picture is put back; what lies farther out stays for a person to see. */
function settled(fraction: number): number {
  if (fraction < 0 && fraction >= -ROUNDING) return 0;
  return fraction > 1 && fraction <= 1 + ROUNDING ? 1 : fraction;
}

function boundsOf(vertices: readonly Vertex[]): Rect {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of vertices) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function flat({ width, height }: Rect): LineRemark | null {
  return width > 0 && height > 0 ? null : POLYGON_FLAT;
}

const POLYGON_FLAT: LineRemark = {
  code: 'yolo-degenerate-polygon',
  reason: 'has a polygon without width or height; it was kept as it is',
};

function leaving({ x, y, width, height }: Rect, size: Size): LineRemark | null {
  const isInside = x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
  return isInside ? null : SHAPE_LEAVES;
}

/** Of a picture of such a size there is no pixel there, and no shape may have such a corner. */
function isBeyond({ x, y, width, height }: Rect): boolean {
  return (
    Math.min(x, y) < -LARGEST_COORDINATE ||
    Math.max(x + width, y + height) > LARGEST_COORDINATE ||
    Math.hypot(width, height) > LARGEST_COORDINATE
  );
}

const BEYOND: LineFault = { code: 'yolo-not-normalised', reason: 'has corners far outside of every picture' };

const SHAPE_LEAVES: LineRemark = {
  code: 'shape-leaves-image',
  reason: 'has corners outside of the picture; they were kept as they are',
};

interface Found {
  readonly shape: BoxShape | RotatedBoxShape | PolygonShape;
  readonly remark: LineRemark | null;
}

function orientedOf(corners: readonly Vertex[], line: LabelScanner, rules: LineRules, size: Size): Found {
  const tolerance = Math.max(WHOLE_PIXELS_IN_IMAGE_PX, roundingOf(line, size));
  const box = corners.length === 4 ? rotatedBoxFromCorners(corners, tolerance) : null;
  if (box !== null) {
    return { shape: (rules.hasBoxOutlines ? uprightBox(corners) : null) ?? box, remark: null };
  }
  return {
    shape: outline(corners),
    remark: {
      code: 'yolo-not-a-rectangle',
      reason: `has ${corners.length} corners that make no rectangle, in a dataset of oriented boxes; they were kept as a polygon`,
    },
  };
}

function outlineOf(corners: readonly Vertex[], { hasBoxOutlines }: LineRules): Found {
  const box = hasBoxOutlines ? uprightBox(corners) : null;
  if (box !== null) return { shape: box, remark: null };
  const apart = takenApart(corners);
  if (apart === null) return { shape: outline(corners), remark: null };
  return {
    shape: { type: 'polygon', parts: apart.parts },
    remark: apart.isChain ? RINGS_SEPARATED : null,
  };
}

const RINGS_SEPARATED: LineRemark = {
  code: 'yolo-rings-separated',
  reason:
    'joins closed rings by lines that enclose something; the rings were taken for the parts of the object, without what lies between',
};

function outline(corners: readonly Vertex[]): PolygonShape {
  return { type: 'polygon', parts: [{ exterior: openRing(corners), holes: [] }] };
}

/** The box whose corners these are, clockwise from its top-left one, to the last decimal; null for any other four. */
function uprightBox(corners: readonly Vertex[]): BoxShape | null {
  const [topLeft, topRight, bottomRight, bottomLeft] = corners;
  if (corners.length !== 4 || !topLeft || !topRight || !bottomRight || !bottomLeft) return null;
  const isUpright =
    topLeft.y === topRight.y &&
    topRight.x === bottomRight.x &&
    bottomRight.y === bottomLeft.y &&
    bottomLeft.x === topLeft.x &&
    bottomRight.x > topLeft.x &&
    bottomRight.y > topLeft.y;
  if (!isUpright) return null;
  const { x, y } = topLeft;
  return { type: 'box', x, y, width: bottomRight.x - x, height: bottomRight.y - y };
}

/** No tool writes fewer; a number with fewer is a round one, as 0.5. */
const FEWEST_DECIMALS = 4;

/** How far off a corner may be because numbers were written with so many decimals, in image px. */
function roundingOf({ decimals }: LabelScanner, { width, height }: Size): number {
  return 2 * 10 ** -Math.max(decimals, FEWEST_DECIMALS) * Math.max(width, height);
}

function poseOfLine(
  line: LabelScanner,
  rules: LineRules,
  { count, dimensions }: NonNullable<LineRules['keypoints']>,
  size: Size,
): LineShapes | LineFault {
  const { numbers, classIndex } = line;
  const needed = 4 + count * dimensions;
  if (line.count !== needed && line.count !== needed + 1) {
    return fault(
      'yolo-bad-line',
      `has ${line.count + 1} columns where a box and ${count} joints of ${dimensions} numbers need ${needed + 1}`,
    );
  }
  const found = boxOfNumbers(numbers, false, size);
  if ('reason' in found || found.shape.type !== 'box') return found;
  const box = found.shape;
  const score = line.count > needed ? scoreOf(numbers[needed]) : null;
  const joints: Joint[] = [];
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    const at = 4 + index * dimensions;
    const [x = 0, y = 0] = [numbers[at], numbers[at + 1]];
    const visibility = dimensions === 3 ? visibilityOf(numbers[at + 2] ?? 0) : x > 0 || y > 0 ? 2 : 0;
    if (visibility > 0 || x !== 0 || y !== 0) last = index;
    joints.push({ x: settled(x) * size.width, y: settled(y) * size.height, visibility });
  }
  // Only zeros: an object whose joints nobody marked.
  if (last < 0) return { shape: box, box: null, score, remark: found.remark };
  if (isBeyond(boundsOf(joints))) return BEYOND;
  const { joints: names, edges } = rules.skeletonOf(classIndex);
  const used = joints.slice(0, Math.max(last + 1, Math.min(names.length, count)));
  const shape: SkeletonShape = {
    type: 'skeleton',
    joints: used.map((joint, index) => ({ name: names[index] ?? `${index + 1}`, ...placed(joint, box) })),
    edges: edges.filter(([from, to]) => from < used.length && to < used.length),
  };
  const isOwnBox = differ(box, boxOfJoints(used, size)) > 2 * roundingOf(line, size) + ROUNDING;
  const labelled = used.filter((joint) => joint.visibility > 0);
  return {
    shape,
    box: isOwnBox ? box : null,
    score,
    remark: found.remark ?? (labelled.length === 0 ? null : leaving(boundsOf(labelled), size)),
  };
}

/** A joint without a place is shown in the middle of its object. */
function placed(joint: Joint, { x, y, width, height }: Rect): Joint {
  const hasPlace = joint.visibility > 0 || joint.x !== 0 || joint.y !== 0;
  return hasPlace ? joint : { x: x + width / 2, y: y + height / 2, visibility: 0 };
}

/** Predictions have a confidence there, which is no whole number. */
function visibilityOf(value: number): 0 | 1 | 2 {
  if (Number.isInteger(value)) return value >= 2 ? 2 : value >= 1 ? 1 : 0;
  return value >= 0.5 ? 2 : 0;
}

function differ(a: Rect, b: Rect): number {
  return Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.x + a.width - b.x - b.width),
    Math.abs(a.y + a.height - b.y - b.height),
  );
}

function scoreOf(value: number | undefined): number | null {
  return value !== undefined && value >= 0 && value <= 1 ? value : null;
}

function fault(code: string, reason: string): LineFault {
  return { code, reason };
}
