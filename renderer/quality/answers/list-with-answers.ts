import type { ImageState } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { ImageFilter, ImageList } from '../../persistence/ports';
import { type DueSet, placeOf, wantedHoneypots } from './due-sets';

/** What an image looks like to whom works on a second set of it. */
export type ShownAs = (image: ImageRecord, set: DueSet) => Promise<ImageRecord>;

interface Placed {
  readonly id: ImageId;
  readonly set: DueSet;
}

/** Rows looked at in one go when looking for the next of a state. */
const STEP = 200;

/**
 * A list of images as somebody sees it who is given second sets of some: these stand in it like all others, with the
 * state and the labels of the person's own set, and nothing tells them apart. A filter asks them for what is seen, not
 * for what the image is.
 */
export async function listWithAnswers(
  list: ImageList,
  filter: ImageFilter,
  due: ReadonlyMap<ImageId, DueSet>,
  image: (id: ImageId) => Promise<ImageRecord | null>,
  shownAs: ShownAs,
  options: { readonly key: string; readonly honeypotShare: number },
): Promise<ImageList> {
  if (due.size === 0) return list;
  const shown = async (record: ImageRecord) => {
    const set = due.get(record.id);
    return set === undefined ? record : shownAs(record, set);
  };
  if (!asksForWork(filter)) {
    return finished(list.total, {
      window: async (from, to) => Promise.all((await list.window(from, to)).map(shown)),
      indexOf: (id) => list.indexOf(id),
    });
  }
  const all = [...due].map(([id, set]): Placed => ({ id, set }));
  const places = await Promise.all(all.map(({ id }) => list.indexOf(id)));
  const removed = places.filter((place) => place >= 0).sort((a, b) => a - b);
  const others = list.total - removed.length;
  const added = await fitting(all, filter, others, image, shownAs, options);
  return finished(others + added.length, spread(list, removed, added, image, shown));
}

/** Whether the filter asks for something that a second set has of its own. */
function asksForWork({ states, labelId, hasFinding, review }: ImageFilter): boolean {
  return states !== undefined || labelId !== undefined || hasFinding !== undefined || review !== undefined;
}

/** Those that the filter would show, were they images; of honeypots no more than their share. */
async function fitting(
  all: readonly Placed[],
  { states, labelId, hasFinding, review, nameContains }: ImageFilter,
  others: number,
  image: (id: ImageId) => Promise<ImageRecord | null>,
  shownAs: ShownAs,
  { key, honeypotShare }: { readonly key: string; readonly honeypotShare: number },
): Promise<readonly Placed[]> {
  const name = nameContains?.trim().toLowerCase() ?? '';
  const found: Placed[] = [];
  let honeypots = Math.round(wantedHoneypots(others, honeypotShare));
  const inOrder = [...all].sort((a, b) => placeOf(key, a.id) - placeOf(key, b.id));
  for (const placed of inOrder) {
    // What waits for work is in a queue; what was handed in is in none.
    if (review !== undefined && placed.set.isSubmitted) continue;
    if (placed.set.purpose === 'honeypot' && honeypots <= 0) continue;
    const record = await image(placed.id);
    if (record === null || !record.searchName.includes(name)) continue;
    const seen = await shownAs(record, placed.set);
    if (states !== undefined && !states.includes(seen.state)) continue;
    if (labelId !== undefined && !seen.labelIds.includes(labelId)) continue;
    if (hasFinding === true) continue;
    found.push(placed);
    if (placed.set.purpose === 'honeypot') honeypots -= 1;
  }
  return found;
}

/** The list without `removed`, and `added` spread evenly over it. */
function spread(
  list: ImageList,
  removed: readonly number[],
  added: readonly Placed[],
  image: (id: ImageId) => Promise<ImageRecord | null>,
  shown: (record: ImageRecord) => Promise<ImageRecord>,
): Pick<ImageList, 'window' | 'indexOf'> {
  const others = list.total - removed.length;
  const total = others + added.length;
  /** Positions of the added ones in the whole, ascending, none twice. */
  const positions = added.map((placed, index) =>
    Math.min(
      total - added.length + index,
      Math.floor(((index + placeOf(placed.id, placed.id)) * total) / added.length),
    ),
  );
  for (let index = 1; index < positions.length; index += 1) {
    positions[index] = Math.max(positions[index] ?? 0, (positions[index - 1] ?? 0) + 1);
  }
  const addedAt = new Map(positions.map((position, index) => [position, added[index]]));
  const addedBefore = (position: number) => positions.filter((place) => place < position).length;
  const removedBefore = (place: number) => removed.filter((gone) => gone < place).length;
  /** Place in the given list of the n-th image that stays. */
  const placeOfNth = (nth: number) => {
    let place = nth;
    for (const gone of removed) if (gone <= place) place += 1;
    return place;
  };
  return {
    async window(from, to) {
      const first = Math.max(0, from);
      const last = Math.min(total, to);
      if (last <= first) return [];
      const firstNth = first - addedBefore(first);
      const lastNth = last - addedBefore(last);
      const start = placeOfNth(firstNth);
      const end = lastNth > firstNth ? placeOfNth(lastNth - 1) + 1 : start;
      const records = (await list.window(start, end)).filter((_, index) => !removed.includes(start + index));
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
      if (place < 0 || removed.includes(place)) return -1;
      let position = place - removedBefore(place);
      for (const addedPlace of positions) if (addedPlace <= position) position += 1;
      return position;
    },
  };
}

/** The next of a state is looked for in what is shown: indexes know only what images are. */
function finished(total: number, { window, indexOf }: Pick<ImageList, 'window' | 'indexOf'>): ImageList {
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
    async nextWithState(index, state) {
      const start = Math.max(0, index + 1);
      const behind = await first(state, start, total);
      return behind >= 0 ? behind : first(state, 0, Math.min(start, total));
    },
  };
}
