import { normalisedDegrees } from '../geometry/affine';
import { tightMask } from '../geometry/mask-runs';
import type { Size } from '../geometry/rect';
import { areCollinear } from '../geometry/ring';
import { err, ok, type Result } from '../result/result';
import { SHAPE_TYPES, Shape, type ShapeType } from '../schema/shapes';
import { behaviourOf } from './index';
import { isReadable, runsOfShape, shapeOfRuns } from './mask/mask-pixels';
import { repairedParts } from './repair-polygon';
import { readVertices, refusal, repairedVertices } from './repair-vertices';

export interface RepairedShape {
  readonly shape: Shape;
  /** What was changed, a sentence each; empty when the shape was good as it stood. */
  readonly repairs: readonly string[];
}

/** What a repair works on: the fields of a record that claims to be a shape. */
type Fields = Readonly<Record<string, unknown>>;
type Repair = (fields: Fields) => Result<{ readonly shape: unknown; readonly repairs: readonly string[] }>;

/**
 * Makes a good shape of one that came from outside, or says why there is none in it. Never throws, and takes time in
 * proportion to the vertices whatever they are. A number that is none is refused, since nobody knows what it was meant
 * to be; an outline that crosses itself becomes the parts that it goes around (even-odd rule).
 * @param size of the picture: what lies wholly outside is refused. With null, and for what reaches over the edge, places
 * are taken as they are.
 */
export function repairShape(candidate: unknown, size: Size | null): Result<RepairedShape> {
  if (typeof candidate !== 'object' || candidate === null) return err(refusal('there is none'));
  const fields = candidate as Fields;
  const type = SHAPE_TYPES.find((known) => known === fields.type);
  if (type === undefined) return err(refusal(`its type is ${inWords(fields.type)}, which is not known`));
  const repaired = REPAIRS[type](fields);
  if (!repaired.ok) return repaired;
  const parsed = Shape.safeParse(repaired.value.shape);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(refusal(`${issue?.path.join('.') ?? type} is not right (${issue?.message ?? 'invalid'})`));
  }
  const shape = parsed.data;
  const behaviour = behaviourOf(shape);
  // Sides of 1e-200 px are numbers above 0 whose product is not.
  if (behaviour.cover === 'area' && !(behaviour.area(shape) > 0)) return err(refusal('it has no area'));
  if (size !== null && isOutside(shape, size)) {
    return err(
      refusal(
        `it lies wholly outside of its picture of ${size.width} × ${size.height} px (${behaviourOf(shape).describe(shape)})`,
      ),
    );
  }
  return ok({ shape, repairs: repaired.value.repairs });
}

const REPAIRS: Readonly<Record<ShapeType, Repair>> = {
  box(fields) {
    const numbers = finite(fields, ['x', 'y', 'width', 'height']);
    if (!numbers.ok) return numbers;
    const { x = 0, y = 0, width = 0, height = 0 } = numbers.value;
    if (width === 0 || height === 0)
      return err(refusal(`it measures ${width} × ${height} px, so it has no area`));
    if (width > 0 && height > 0) return ok({ shape: { type: 'box', x, y, width, height }, repairs: [] });
    return ok({
      shape: {
        type: 'box',
        x: Math.min(x, x + width),
        y: Math.min(y, y + height),
        width: Math.abs(width),
        height: Math.abs(height),
      },
      repairs: [`its size was ${width} × ${height} px: opposite corners were swapped`],
    });
  },
  'rotated-box': (fields) => turned(fields, 'width', 'height'),
  ellipse: (fields) => turned(fields, 'rx', 'ry'),
  polygon(fields) {
    const repaired = repairedParts(fields.parts);
    if (!repaired.ok) return repaired;
    const { parts, repairs } = repaired.value;
    return ok({ shape: { type: 'polygon', parts }, repairs });
  },
  polyline(fields) {
    const repaired = repairedVertices(fields.points, false);
    if (!repaired.ok) return repaired;
    const { points, repairs } = repaired.value;
    if (points.length < 2) return err(refusal('a line needs two different points'));
    return ok({ shape: { type: 'polyline', points }, repairs });
  },
  points(fields) {
    const read = readVertices(fields.points);
    if (!read.ok) return read;
    if (read.value.length === 0) return err(refusal('it has no point'));
    return ok({ shape: { type: 'points', points: read.value }, repairs: [] });
  },
  skeleton: repairSkeleton,
  mask(fields) {
    const parsed = Shape.safeParse({ ...fields, type: 'mask' });
    if (!parsed.success || parsed.data.type !== 'mask') {
      return err(refusal('its window or run lengths are missing or no whole numbers'));
    }
    const mask = parsed.data;
    if (!isReadable(mask)) {
      return err(refusal(`its run lengths do not fill its window of ${mask.width} × ${mask.height} px`));
    }
    const runs = runsOfShape(mask);
    const tight = tightMask(runs);
    if (tight === null) return err(refusal('no pixel of it is set'));
    return ok({ shape: tight === runs ? mask : shapeOfRuns(tight), repairs: [] });
  },
  cuboid(fields) {
    const [front, back] = [readVertices(fields.front), readVertices(fields.back)];
    if (!front.ok) return front;
    if (!back.ok) return back;
    if (areCollinear([...front.value, ...back.value])) return err(refusal('its corners lie on one line'));
    return ok({ shape: { type: 'cuboid', front: front.value, back: back.value }, repairs: [] });
  },
  tag: () => ok({ shape: { type: 'tag' }, repairs: [] }),
};

function finite(fields: Fields, names: readonly string[]): Result<Readonly<Record<string, number>>> {
  const numbers: Record<string, number> = {};
  for (const name of names) {
    const value = fields[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return err(refusal(`its ${name} is ${inWords(value)}, which is no number`));
    }
    numbers[name] = value;
  }
  return ok(numbers);
}

function turned(fields: Fields, across: 'width' | 'rx', down: 'height' | 'ry'): ReturnType<Repair> {
  const numbers = finite(fields, ['cx', 'cy', across, down, 'rotation']);
  if (!numbers.ok) return numbers;
  const { [across]: first = 0, [down]: second = 0, rotation = 0 } = numbers.value;
  if (first === 0 || second === 0)
    return err(refusal(`it measures ${first} × ${second} px, so it has no area`));
  const isNegative = first < 0 || second < 0;
  return ok({
    shape: {
      ...numbers.value,
      type: fields.type,
      [across]: Math.abs(first),
      [down]: Math.abs(second),
      rotation: normalisedDegrees(rotation),
    },
    repairs: isNegative ? [`its size was ${first} × ${second} px: taken without the signs`] : [],
  });
}

function repairSkeleton(fields: Fields): ReturnType<Repair> {
  if (!Array.isArray(fields.joints)) return err(refusal('its list of joints is missing'));
  const repairs: string[] = [];
  const joints: object[] = [];
  for (const [index, entry] of fields.joints.entries()) {
    const { name, x, y, visibility } = (entry ?? {}) as Fields;
    const isPlace = Number.isFinite(x) && Number.isFinite(y);
    if (!isPlace && visibility !== 0) {
      return err(refusal(`its joint ${index + 1} is at ${inWords(x)}, ${inWords(y)}, which is no place`));
    }
    // The place of a joint that is not labelled means nothing, so a missing one loses nothing.
    joints.push({
      name: typeof name === 'string' && name.trim() !== '' ? name : `joint ${index + 1}`,
      ...(isPlace ? { x, y } : { x: 0, y: 0 }),
      visibility,
    });
  }
  const given: readonly unknown[] = Array.isArray(fields.edges) ? fields.edges : [];
  const edges = given.filter(
    (edge) =>
      Array.isArray(edge) &&
      edge.length === 2 &&
      edge.every((end) => typeof joints[end as number] === 'object'),
  );
  if (edges.length < given.length) {
    repairs.push(`${given.length - edges.length} edges to joints that it does not have were left out`);
  }
  return ok({ shape: { type: 'skeleton', joints, edges }, repairs });
}

function isOutside(shape: Shape, size: Size): boolean {
  const behaviour = behaviourOf(shape);
  if (behaviour.cover === 'none') return false;
  const { x, y, width, height } = behaviour.bounds(shape);
  return x > size.width || y > size.height || x + width < 0 || y + height < 0;
}

/** What stands where a number should. An object from outside may refuse to be made into text. */
function inWords(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function'
    ? value === null
      ? 'null'
      : 'an object'
    : String(value).slice(0, 40);
}
