import { isRecord } from '../json/json-values';
import { parseSlice, TopLevelArrays } from '../json/top-level-arrays';

/** Two programs write this layout; what they put into it differs a little. */
export type LabelmeDialect = 'labelme' | 'xanylabeling';

/** Fields that X-AnyLabeling writes with every shape, and labelme never. */
const FIELD_OF_XANYLABELING = /"(?:kie_linking|difficult|direction)"\s*:/;
const SHAPE_OF_XANYLABELING = /"shape_type"\s*:\s*"(?:rotation|quadrilateral|cuboid)"/;

/** One of these stands beside "shapes" in every file of both. */
const COMPANIONS = ['imagePath', 'imageData', 'imageHeight', 'version'];

/**
 * What the beginning of a JSON file is. X-AnyLabeling's files are labelme's with more fields, so a file without any of
 * these is labelme's. Null when it is neither.
 */
export function sniffLabelme(head: string): LabelmeDialect | null {
  const arrays = new TopLevelArrays((name) => name === 'shapes');
  const slices = arrays.push(head);
  const { keys } = arrays;
  const hasShapes = keys.includes('shapes') && COMPANIONS.some((key) => keys.includes(key));
  // With sorted keys the picture comes first and fills the beginning.
  const hasPicture = keys.includes('imageData') && (keys.includes('flags') || keys.includes('imagePath'));
  if (!hasShapes && !hasPicture) return null;
  const shapes = slices.flatMap(({ text, elements }) => elements ?? parseSlice(text));
  const [first] = shapes;
  if (first !== undefined && !(isRecord(first) && 'label' in first && 'points' in first)) return null;
  const isXanylabeling =
    keys.includes('checked') ||
    FIELD_OF_XANYLABELING.test(head) ||
    SHAPE_OF_XANYLABELING.test(head) ||
    shapes.some(isRectangleOfFour);
  return isXanylabeling ? 'xanylabeling' : 'labelme';
}

function isRectangleOfFour(shape: unknown): boolean {
  return (
    isRecord(shape) &&
    shape.shape_type === 'rectangle' &&
    Array.isArray(shape.points) &&
    shape.points.length === 4
  );
}

/** Whether a parsed file is one of either program. */
export function isLabelmeFile(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isRecord(value) && Array.isArray(value.shapes) && COMPANIONS.some((key) => Object.hasOwn(value, key))
  );
}
