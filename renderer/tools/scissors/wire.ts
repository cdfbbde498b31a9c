import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';
import type { WireField } from '../../editor/pixel-services';

/**
 * How far around a fixed point the wire follows edges, in image px: about what a person sees at once, and grown in about
 * 0.1 s. Beyond it the wire is straight.
 */
const REACH = 320;

/** One fixed point and the way that led to it. */
interface Fixed {
  readonly at: ImagePoint;
  /** From the point before, which is not in it, to `at`. */
  readonly way: readonly ImagePoint[];
}

/** The points fixed so far, and the live way from the last one. */
export interface Wire {
  readonly seeds: readonly ImagePoint[];
  /** Everything that is fixed, in order. */
  readonly points: readonly ImagePoint[];
  /** From the last fixed point, which is not in it, to a place; straight while the worker has not answered. */
  wayTo(to: ImagePoint, isStraight: boolean): readonly ImagePoint[];
  fix(editor: Editor, to: ImagePoint, isStraight: boolean): void;
  /** Takes the last point back; false when none is left. */
  takeBack(editor: Editor): boolean;
  /** Drops what the worker still finds. */
  drop(): void;
}

/** @param onFound called when the worker has found the ways from the last point. */
export function createWire(editor: Editor, first: ImagePoint, onFound: () => void): Wire {
  let fixed: readonly Fixed[] = [{ at: first, way: [first] }];
  let field: WireField | null = null;
  let isDropped = false;

  function lastPoint(): ImagePoint {
    return fixed.at(-1)?.at ?? first;
  }

  function seek(target: Editor): void {
    const seed = lastPoint();
    field = null;
    void target.pixels?.wire(seed, REACH).then((found) => {
      // Another point was fixed or the wire is over: this answer is of no use.
      if (isDropped || lastPoint() !== seed || !found.ok) return;
      field = found.value;
      onFound();
    });
  }

  function wayTo(to: ImagePoint, isStraight: boolean): readonly ImagePoint[] {
    return field === null || isStraight ? [to] : field.pathTo(to).slice(1);
  }

  seek(editor);
  return {
    get seeds() {
      return fixed.map(({ at }) => at);
    },
    get points() {
      return fixed.flatMap(({ way }) => way);
    },
    wayTo,
    fix(target, to, isStraight) {
      fixed = [...fixed, { at: to, way: wayTo(to, isStraight) }];
      seek(target);
    },
    takeBack(target) {
      fixed = fixed.slice(0, -1);
      if (fixed.length > 0) seek(target);
      return fixed.length > 0;
    },
    drop() {
      isDropped = true;
    },
  };
}
