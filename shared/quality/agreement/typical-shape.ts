import type { BoxShape, Shape } from '../../schema/shapes';

export interface TypicalShape {
  /** Which of the shapes is most like the others; of equals the first. */
  readonly medoid: number;
  /** The mean of the edges of upright boxes; of anything else the medoid. Null for no shapes. */
  readonly shape: Shape | null;
  /** Of every two shapes, 0 to 1; 1 for a single one. */
  readonly meanSimilarity: number;
}

/**
 * The shape that stands for several of one thing. Upright boxes are averaged edge by edge, which lies nearer to the truth
 * than any of them when errors are independent; what has no such mean stays as somebody drew it.
 * @param similarities `[shape][shape]`, see `ObjectCluster`.
 */
export function typicalShape(
  shapes: readonly Shape[],
  similarities: readonly (readonly number[])[],
): TypicalShape {
  let medoid = 0;
  let most = Number.NEGATIVE_INFINITY;
  let total = 0;
  shapes.forEach((_, index) => {
    const sum = shapes.reduce(
      (alike, __, other) => (other === index ? alike : alike + (similarities[index]?.[other] ?? 0)),
      0,
    );
    total += sum;
    if (sum <= most) return;
    most = sum;
    medoid = index;
  });
  const boxes = shapes.filter((shape): shape is BoxShape => shape.type === 'box');
  const isAllBoxes = boxes.length === shapes.length && boxes.length > 0;
  const pairs = shapes.length * (shapes.length - 1);
  return {
    medoid,
    shape: isAllBoxes ? meanBox(boxes) : (shapes[medoid] ?? null),
    meanSimilarity: pairs === 0 ? 1 : total / pairs,
  };
}

function meanBox(boxes: readonly BoxShape[]): BoxShape {
  const mean = (of: (box: BoxShape) => number) => boxes.reduce((sum, box) => sum + of(box), 0) / boxes.length;
  return {
    type: 'box',
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
  };
}
