import type { ImageState } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { ImageFilter, ImageList } from '../../persistence/ports';
import { type DueSet, placeOf, wantedHoneypots } from './due-sets';

/** What an image looks like to whom works on a second set of it. */
export type ShownAs = (image: ImageRecord, set: DueSet) => Promise<ImageRecord>;

/** What a list with answers is made of. */
export interface AnswersOfList {
  /** As it is now: rows are shown by it, whenever they are read. */
  due(): ReadonlyMap<ImageId, DueSet>;
  image(id: ImageId): Promise<ImageRecord | null>;
  readonly shownAs: ShownAs;
  /** All images of the project. */
  whole(): Promise<ImageList>;
  /** A queue as it is without any other filter. */
  queue(review: Queue): Promise<ImageList>;
  /** As `personKey` names who works. */
  readonly key: string;
  /** Share of a labeller's pictures that are honeypots, 0 to 0.5. */
  readonly honeypotShare: number;
}

type Queue = NonNullable<ImageFilter['review']>;

interface Placed {
  readonly id: ImageId;
  readonly set: DueSet;
}

/** Rows looked at in one go when looking for the next of a state. */
const STEP = 200;

/**
 * A list of images as somebody sees it who is given second sets of some: these stand in it like all others, where the
 * project's order puts them, with the state and the labels of the person's own set, and nothing tells them apart. A
 * filter asks them for what is seen, not for what the image is.
 */
export async function listWithAnswers(
  list: ImageList,
  filter: ImageFilter,
  answers: AnswersOfList,
): Promise<ImageList> {
  const due = answers.due();
  if (due.size === 0) return list;
  const shown = async (record: ImageRecord) => {
    const set = answers.due().get(record.id);
    return set === undefined ? record : answers.shownAs(record, set);
  };
  if (!asksForWork(filter)) {
    return finished(list.total, {
      window: async (from, to) => Promise.all((await list.window(from, to)).map(shown)),
      indexOf: (id) => list.indexOf(id),
      placeOf: (id) => list.placeOf(id),
    });
  }
  const all = [...due].map(([id, set]): Placed => ({ id, set }));
  const candidates =
    filter.review === undefined
      ? all
      : isOfReviewed(filter.review)
        ? []
        : await inQueue(all, filter.review, answers);
  const [added, removed] = await Promise.all([
    inProjectOrder(await fitting(candidates, filter, answers), await answers.whole()),
    placesIn(list, all),
  ]);
  return finished(
    list.total - removed.length + added.length,
    await merged(list, removed, added, answers.image, shown),
  );
}

/** Whether a queue holds what was handed in, judged or talked about: a second set never was. */
function isOfReviewed({ stages, isChanged, hasOpenThread, hasOpenProposal }: Queue): boolean {
  const isWaiting = stages?.some(({ stage, state }) => stage === 'annotation' && state === 'new') ?? true;
  return !isWaiting || isChanged === true || hasOpenThread === true || hasOpenProposal === true;
}

/** Whether the filter asks for something that a second set has of its own. */
function asksForWork({ states, labelId, hasFinding, review }: ImageFilter): boolean {
  return states !== undefined || labelId !== undefined || hasFinding !== undefined || review !== undefined;
}

/** Where these images are in a list, ascending; those that are not in it are left out. */
async function placesIn(list: ImageList, placed: readonly Placed[]): Promise<readonly number[]> {
  const places = await Promise.all(placed.map(({ id }) => list.indexOf(id)));
  return places.filter((place) => place >= 0).sort((a, b) => a - b);
}

/**
 * Those that a queue holds: what waits for work, since what was handed in is in no queue; and of honeypots no more than
 * their share. A picture from far outside the queue would stand out by its name, so those between its pictures go first.
 */
async function inQueue(
  all: readonly Placed[],
  review: Queue,
  { queue: queueOf, key, honeypotShare }: AnswersOfList,
): Promise<readonly Placed[]> {
  const queue = await queueOf(review);
  const others = queue.total - (await placesIn(queue, all)).length;
  const most = Math.round(wantedHoneypots(others, honeypotShare));
  const waiting = all.filter(({ set }) => !set.isSubmitted);
  const honeypots = await Promise.all(
    waiting
      .filter(({ set }) => set.purpose === 'honeypot')
      .map(async (placed) => {
        const place = await queue.placeOf(placed.id);
        return { placed, isBetween: place > 0 && place < queue.total, order: placeOf(key, placed.id) };
      }),
  );
  honeypots.sort((a, b) => Number(b.isBetween) - Number(a.isBetween) || a.order - b.order);
  return [
    ...waiting.filter(({ set }) => set.purpose !== 'honeypot'),
    ...honeypots.slice(0, most).map(({ placed }) => placed),
  ];
}

/** Those that the other parts of the filter would show, were they images. */
async function fitting(
  candidates: readonly Placed[],
  { states, labelId, hasFinding, isMissing, isDuplicate, nameContains }: ImageFilter,
  { image, shownAs }: AnswersOfList,
): Promise<readonly Placed[]> {
  const name = nameContains?.trim().toLowerCase() ?? '';
  const fits = await Promise.all(
    candidates.map(async ({ id, set }) => {
      const record = await image(id);
      if (record === null || !record.searchName.includes(name)) return false;
      if (isMissing !== undefined && (record.isMissing === 1) !== isMissing) return false;
      if (isDuplicate !== undefined && (record.duplicateOfId !== null) !== isDuplicate) return false;
      const seen = await shownAs(record, set);
      if (states !== undefined && !states.includes(seen.state)) return false;
      if (labelId !== undefined && !seen.labelIds.includes(labelId)) return false;
      return hasFinding === undefined || (seen.hasFinding === 1) === hasFinding;
    }),
  );
  return candidates.filter((_, index) => fits[index]);
}

async function inProjectOrder(placed: readonly Placed[], whole: ImageList): Promise<readonly Placed[]> {
  const ordered = await Promise.all(placed.map(async (one) => ({ one, place: await whole.placeOf(one.id) })));
  return ordered.sort((a, b) => a.place - b.place).map(({ one }) => one);
}

/** The list without `removed`, and `added` at their places in it. */
async function merged(
  list: ImageList,
  removed: readonly number[],
  added: readonly Placed[],
  image: (id: ImageId) => Promise<ImageRecord | null>,
  shown: (record: ImageRecord) => Promise<ImageRecord>,
): Promise<Pick<ImageList, 'window' | 'indexOf' | 'placeOf'>> {
  const total = list.total - removed.length + added.length;
  const removedBefore = (place: number) => below(removed, place);
  const places = await Promise.all(added.map(({ id }) => list.placeOf(id)));
  /** Positions of the added ones in the whole, ascending, none twice. */
  const positions = places.map((place, index) => place - removedBefore(place) + index);
  const addedAt = new Map(positions.map((position, index) => [position, added[index]]));
  const addedBefore = (position: number) => below(positions, position);
  /** Place in the given list of the n-th image that stays. */
  const placeOfNth = (nth: number) => {
    let place = nth;
    for (const gone of removed) {
      if (gone > place) break;
      place += 1;
    }
    return place;
  };
  const isRemoved = new Set(removed);
  return {
    async window(from, to) {
      const first = Math.max(0, from);
      const last = Math.min(total, to);
      if (last <= first) return [];
      const firstNth = first - addedBefore(first);
      const lastNth = last - addedBefore(last);
      const start = placeOfNth(firstNth);
      const end = lastNth > firstNth ? placeOfNth(lastNth - 1) + 1 : start;
      const records = (await list.window(start, end)).filter((_, index) => !isRemoved.has(start + index));
      const rows: ImageRecord[] = [];
      let next = 0;
      for (let position = first; position < last; position += 1) {
        const placed = addedAt.get(position);
        const record = placed === undefined ? records[next++] : await image(placed.id);
        if (record !== undefined && record !== null) rows.push(await shown(record));
      }
      return rows;
    },
    async indexOf(id) {
      const index = added.findIndex((placed) => placed.id === id);
      if (index >= 0) return positions[index] ?? -1;
      const place = await list.indexOf(id);
      return place < 0 || isRemoved.has(place) ? -1 : positionOf(place);
    },
    placeOf: async (id) => positionOf(await list.placeOf(id)),
  };

  /** Position in the whole of what is at a place of the given list. */
  function positionOf(place: number): number {
    let position = place - removedBefore(place);
    for (const addedPosition of positions) {
      if (addedPosition > position) break;
      position += 1;
    }
    return position;
  }
}

/** How many of ascending numbers are less than `value`. */
function below(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next of a state is looked for in what is shown: indexes know only what images are. */
function finished(
  total: number,
  { window, indexOf, placeOf }: Pick<ImageList, 'window' | 'indexOf' | 'placeOf'>,
): ImageList {
  const first = async (state: ImageState, from: number, to: number): Promise<number> => {
    for (let start = from; start < to; start += STEP) {
      const rows = await window(start, Math.min(to, start + STEP));
      const found = rows.findIndex((row) => row.state === state);
      if (found >= 0) return start + found;
    }
    return -1;
  };
  return {
    total,
    window,
    indexOf,
    placeOf,
    async nextWithState(index, state) {
      const start = Math.max(0, index + 1);
      const behind = await first(state, start, total);
      return behind >= 0 ? behind : first(state, 0, Math.min(start, total));
    },
  };
}
