import type { ImagePoint } from '../../../shared/geometry/point';
import { imagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';
import { waysBetween } from './follow-border';
import { type RingPlace, ringOf, type Snapped } from './snapping';

/** A point of the path; `place` when it lies on an outline that can be followed. */
interface PathPoint {
  readonly at: ImagePoint;
  readonly place: RingPlace | null;
}

/** What one act added: a click one point, a drag a whole stroke, following a border all its vertices. */
interface Addition {
  /** The last one is where the act ended. */
  readonly points: readonly PathPoint[];
  /** The way along an outline that was taken to get there: 0 straight, 1 the shortest, 2 the other way round. */
  readonly way: number;
  /** Whether it leads along an outline back towards the first point. */
  readonly isClosing: boolean;
}

/** The points of a path while it is drawn; grows and shrinks by acts, so that a stroke is taken back as one. */
export interface PathDraft {
  readonly points: readonly ImagePoint[];
  readonly first: ImagePoint | null;
  readonly last: ImagePoint | null;
  /** Where acts ended, for showing: the vertices of a stroke would hide it. */
  readonly ends: readonly ImagePoint[];
  add(point: Snapped): void;
  addStroke(points: readonly ImagePoint[]): void;
  /** Takes the last act back; false when nothing is left. */
  takeBack(): boolean;
  /** Whether the last two points (or, when closing, the last and the first) lie on one outline. */
  canFollow(editor: Editor): boolean;
  /** Goes the next way along that outline; how many vertices it has, or null when there is none to follow. */
  follow(editor: Editor, isBackwards: boolean): number | null;
}

export function createPathDraft(first: Snapped, isClosed: boolean): PathDraft {
  let acts: readonly Addition[] = [acted([pathPoint(first)])];

  /** The act that may follow an outline, and the two points between which it does. */
  function followable(
    editor: Editor,
  ): { kept: readonly Addition[]; act: Addition | null; ways: readonly (readonly ImagePoint[])[] } | null {
    const last = acts.at(-1);
    if (last === undefined) return null;
    const origin = acts[0]?.points[0];
    if (last.isClosing) {
      const kept = acts.slice(0, -1);
      const ways = waysOf(editor, kept.at(-1)?.points.at(-1), origin);
      return ways === null ? null : { kept, act: null, ways };
    }
    const between = waysOf(editor, acts.at(-2)?.points.at(-1), last.points.at(-1));
    if (between !== null) return { kept: acts.slice(0, -1), act: last, ways: between };
    const closing = isClosed && acts.length > 2 ? waysOf(editor, last.points.at(-1), origin) : null;
    return closing === null ? null : { kept: acts, act: null, ways: closing };
  }

  return {
    get points() {
      return acts.flatMap(({ points }) => points.map(({ at }) => at));
    },
    get first() {
      return acts[0]?.points[0]?.at ?? null;
    },
    get last() {
      return acts.at(-1)?.points.at(-1)?.at ?? null;
    },
    get ends() {
      return acts.flatMap(({ points, isClosing }) => (isClosing ? [] : (points.at(-1)?.at ?? [])));
    },
    add(point) {
      acts = [...acts, acted([pathPoint(point)])];
    },
    addStroke(points) {
      if (points.length > 0) acts = [...acts, acted(points.map((at) => ({ at, place: null })))];
    },
    takeBack() {
      acts = acts.slice(0, -1);
      return acts.length > 0;
    },
    canFollow: (editor) => followable(editor) !== null,
    follow(editor, isBackwards) {
      const found = followable(editor);
      if (found === null) return null;
      const { kept, act, ways } = found;
      const before = acts === kept ? 0 : (acts.at(-1)?.way ?? 0);
      const way = (before + (isBackwards ? ways.length : 1)) % (ways.length + 1);
      const vertices = way === 0 ? [] : (ways[way - 1] ?? []);
      const followed = vertices.map((at) => ({ at: imagePoint(at.x, at.y), place: null }));
      const end = act?.points.at(-1);
      if (end !== undefined) acts = [...kept, { points: [...followed, end], way, isClosing: false }];
      else acts = way === 0 ? kept : [...kept, { points: followed, way, isClosing: true }];
      return vertices.length;
    },
  };
}

function acted(points: readonly PathPoint[]): Addition {
  return { points, way: 0, isClosing: false };
}

function pathPoint({ at, snap }: Snapped): PathPoint {
  return { at, place: snap?.place ?? null };
}

/** Ways that have vertices; along one and the same edge the straight line is the border already. */
function waysOf(
  editor: Editor,
  from: PathPoint | undefined,
  to: PathPoint | undefined,
): readonly (readonly ImagePoint[])[] | null {
  const a = from?.place ?? null;
  const b = to?.place ?? null;
  if (a === null || b === null || a.id !== b.id || a.ring !== b.ring) return null;
  const ring = ringOf(editor, a);
  const ways = ring === null ? [] : waysBetween(ring, a.position, b.position);
  const longer = ways.filter((way) => way.length > 0);
  return longer.length === 0 ? null : longer;
}
