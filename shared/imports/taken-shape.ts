import type { DatasetProblem } from '../formats/format';
import type { Shape } from '../schema/shapes';
import { repairShape } from '../shapes/repair';

/**
 * The shape of an annotation that came out of label files, mended where that can be done without guessing, or null with
 * the reason why it is left out: one bad shape never costs the others. What reaches out of its picture is taken as it is;
 * the checks point at it.
 */
export function takenShape(
  candidate: unknown,
  imageKey: string,
): { readonly shape: Shape | null; readonly problems: readonly DatasetProblem[] } {
  const repaired = repairShape(candidate, null);
  if (!repaired.ok) {
    const message = `${imageKey}: an annotation was left out. ${repaired.error.message}`;
    return {
      shape: null,
      problems: [{ severity: 'error', code: 'bad-shape', message, path: imageKey, line: null }],
    };
  }
  const { shape, repairs } = repaired.value;
  return {
    shape,
    problems: repairs.map((repair) => ({
      severity: 'warning',
      code: 'shape-repaired',
      message: `${imageKey}: a ${shape.type} was mended: ${repair}.`,
      path: imageKey,
      line: null,
    })),
  };
}
