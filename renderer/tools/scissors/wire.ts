import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';
import type { WireField } from '../../editor/pixel-services';

/**
 * How far around a fixed point the wire follows edges, in image px: about what a person sees at once, and grown in about
 * 0.1 s. Beyond it the wire is straight.
 */
const REACH = 320;

/** Points whose ways are kept for going back, 0.4 MB each; of earlier ones they are found anew. */
const KEPT_FIELDS = 8;

/** A fixed point, how it was reached, and the ways that lead on from it once the worker has found them. */
interface Fixed {
  readonly at: ImagePoint;
  /** From the point before, which is not in it, to `at`; straight until the ways from there are known. */
  way: readonly ImagePoint[];
  readonly isStraight: boolean;
  field: WireField | null;
  /** Whether the ways from here were found; they are let go of again when many points follow. */
  isSought: boolean;
}

/** The points fixed so far, and the live way from the last one. */
export interface Wire {
  readonly seeds: readonly ImagePoint[];
  /** Everything that is fixed, in order. */
  readonly points: readonly ImagePoint[];
  /** Whether ways are still looked for. */
  readonly isSeeking: boolean;
  /** From the last fixed point, which is not in it, to a place; straight while the worker has not answered. */
  wayTo(to: ImagePoint, isStraight: boolean): readonly ImagePoint[];
  fix(to: ImagePoint, isStraight: boolean): void;
  /** Takes the last point back; false when none is left. */
  takeBack(): boolean;
  /** Drops what the worker still finds. */
  drop(): void;
}

/** @param onFound called whenever the worker has found the ways from a point. */
export function createWire(editor: Editor, first: ImagePoint, onFound: () => void): Wire {
  let fixed: readonly Fixed[] = [{ at: first, way: [first], isStraight: true, field: null, isSought: false }];
  let isSeeking = false;
  let isDropped = false;

  /**
   * One point after the other: a hand is quicker than the worker, and a later question would overtake an earlier one. A
   * point fixed before its way was known gets it then.
   */
  async function seek(): Promise<void> {
    isSeeking = true;
    for (let point = unsought(); point !== undefined && !isDropped; point = unsought()) {
      const found = await editor.pixels?.wire(point.at, REACH);
      if (isDropped) return;
      // Without an answer the wire is straight from here, as it is shown.
      point.isSought = true;
      point.field = found?.ok === true ? found.value : straightFrom(point.at);
      const next = fixed[fixed.indexOf(point) + 1];
      if (next !== undefined && !next.isStraight && fixed.includes(point)) {
        next.way = point.field.pathTo(next.at).slice(1);
      }
      isSeeking = unsought() !== undefined;
      onFound();
    }
    isSeeking = false;
  }

  /** The first point from which a way is needed that nobody has looked for. */
  function unsought(): Fixed | undefined {
    return fixed.find(
      (point, index) =>
        !point.isSought && (index === fixed.length - 1 || fixed[index + 1]?.isStraight === false),
    );
  }

  function seekOn(): void {
    if (!isSeeking) void seek();
  }

  function wayTo(to: ImagePoint, isStraight: boolean): readonly ImagePoint[] {
    const field = fixed.at(-1)?.field ?? null;
    return field === null || isStraight ? [to] : field.pathTo(to).slice(1);
  }

  seekOn();
  return {
    get seeds() {
      return fixed.map(({ at }) => at);
    },
    get points() {
      return fixed.flatMap(({ way }) => way);
    },
    get isSeeking() {
      return isSeeking;
    },
    wayTo,
    fix(to, isStraight) {
      fixed = [...fixed, { at: to, way: wayTo(to, isStraight), isStraight, field: null, isSought: false }];
      const old = fixed[fixed.length - 1 - KEPT_FIELDS];
      if (old?.isSought === true) old.field = null;
      seekOn();
    },
    takeBack() {
      fixed = fixed.slice(0, -1);
      const last = fixed.at(-1);
      if (last?.field === null) last.isSought = false;
      if (fixed.length > 0) seekOn();
      return fixed.length > 0;
    },
    drop() {
      isDropped = true;
    },
  };
}

function straightFrom(seed: ImagePoint): WireField {
  return { seed, pathTo: (to) => [seed, to] };
}
