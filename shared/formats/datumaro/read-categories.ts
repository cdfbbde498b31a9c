import type { DatasetFolder, DatasetLabel } from '../format';
import { isRecord, type JsonRecord, listFrom, recordFrom } from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import type { ProblemQueue } from '../parts/problem-queue';
import { labelExtrasFrom, labelNameFrom } from '../parts/records/label-record';
import { OWN_KEY } from './own-key';

const MAX_LABELS = 100_001;

/** What `categories` of one file says. */
export interface Categories {
  readonly labels: readonly DatasetLabel[];
  /** Names of all entries by label_id, also of joints that have an entry of their own (CVAT). */
  readonly nameById: readonly string[];
  /** What a file says of the skeletons of a label, by label_id. */
  readonly skeletonById: ReadonlyMap<number, NonNullable<DatasetLabel['skeleton']>>;
}

/** Reads the entries of "categories" as `entries` gives them: kinds to their descriptions. */
export function categoriesFrom(
  entries: ReadonlyMap<string, unknown>,
  path: string,
  problems: ProblemQueue,
): Categories {
  const label = recordFrom(entries.get('label'));
  const listed = listFrom(label.labels).slice(0, MAX_LABELS);
  const nameById = listed.map((entry, id) => labelNameFrom(recordFrom(entry).name) ?? `class-${id}`);
  const colorById = colorsFrom(recordFrom(entries.get('mask')));
  const skeletonById = skeletonsFrom(recordFrom(entries.get('points')), nameById.length);
  const shared = listFrom(label.attributes);
  const jointParents = new Map(
    [...skeletonById].map(([id, { joints }]) => [nameById[id] ?? '', new Set(joints)]),
  );
  const seen = new Set<string>();
  const labels: DatasetLabel[] = [];
  listed.forEach((entry, classIndex) => {
    const record = recordFrom(entry);
    const own = recordFrom(record[OWN_KEY]);
    // A number that no class has: it stands there so that label_id stays the class number.
    if (own.is_filler === true) return;
    const name = nameById[classIndex] ?? '';
    const parent = labelNameFrom(record.parent);
    if (parent !== null && jointParents.get(parent)?.has(name) === true) return;
    if (labelNameFrom(record.name) === null) {
      problems.warning(
        'datumaro-bad-label',
        path,
        `Label ${classIndex} in ${path} has no name; it is called ${name}.`,
      );
    }
    if (seen.has(name)) {
      problems.warning(
        'datumaro-duplicate-label',
        path,
        `Two labels in ${path} are called ${name}; they are kept apart by their numbers. Give each label its own name.`,
      );
    }
    seen.add(name);
    labels.push(labelOf(classIndex, name, parent, { record, own, shared, colorById, skeletonById }));
  });
  return { labels, nameById, skeletonById };
}

function labelOf(
  classIndex: number,
  name: string,
  supercategory: string | null,
  from: {
    readonly record: JsonRecord;
    readonly own: JsonRecord;
    readonly shared: readonly unknown[];
    readonly colorById: ReadonlyMap<number, string>;
    readonly skeletonById: Categories['skeletonById'];
  },
): DatasetLabel {
  const color = from.colorById.get(classIndex);
  const skeleton = from.skeletonById.get(classIndex);
  const names = new Set([...from.shared, ...listFrom(from.record.attributes)].map(labelNameFrom));
  names.delete(null);
  const asked = [...names].flatMap((asked) =>
    asked === null ? [] : [{ name: asked, kind: 'text' as const, options: [], defaultValue: null }],
  );
  return {
    classIndex,
    name,
    supercategory,
    ...(color === undefined ? {} : { color }),
    ...(skeleton === undefined ? {} : { skeleton }),
    ...(asked.length === 0 ? {} : { attributes: asked }),
    ...labelExtrasFrom(from.own),
  };
}

function colorsFrom(mask: JsonRecord): ReadonlyMap<number, string> {
  const colors = new Map<number, string>();
  for (const entry of listFrom(mask.colormap).slice(0, MAX_LABELS)) {
    if (!isRecord(entry)) continue;
    const { label_id: id, r, g, b } = entry;
    if (typeof id === 'number' && isByte(r) && isByte(g) && isByte(b)) colors.set(id, hexColor(r, g, b));
  }
  return colors;
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

function hexColor(...bytes: readonly number[]): string {
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** `joints` are pairs of places in `labels`, from 1 as in COCO; a pair with a 0 in it tells that they count from 0. */
function skeletonsFrom(points: JsonRecord, labelCount: number): Categories['skeletonById'] {
  const skeletons = new Map<number, NonNullable<DatasetLabel['skeleton']>>();
  for (const entry of listFrom(points.items).slice(0, MAX_LABELS)) {
    const record = recordFrom(entry);
    const id = record.label_id;
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= labelCount) continue;
    const pairs = listFrom(record.joints);
    const first = pairs.some((pair) => listFrom(pair).includes(0)) ? 0 : 1;
    const edges = pairs.map((pair) =>
      listFrom(pair).map((end) => (typeof end === 'number' ? end - first : -1)),
    );
    const { skeleton } = labelExtrasFrom({ skeleton: { joints: record.labels, edges } });
    if (skeleton !== undefined) skeletons.set(id, skeleton);
  }
  return skeletons;
}

const KINDS = new Set(['categories']);
const ITEMS = new Set(['items']);

/**
 * The entries of "categories", which stand before "items" in what Datumaro writes but need not. With `onItem` the whole
 * file is looked through, without it only as far as needed.
 */
export async function readCategories(
  folder: DatasetFolder,
  path: string,
  onItem: ((item: unknown) => void) | null,
): Promise<ReadonlyMap<string, unknown>> {
  const entries = new Map<string, unknown>();
  for await (const run of streamElements(folder, path, ITEMS, KINDS)) {
    if (run.name === 'categories') {
      run.keys?.forEach((key, at) => {
        entries.set(key, run.elements[at]);
      });
    } else if (onItem !== null) for (const item of run.elements) onItem(item);
    else if (entries.size > 0) break;
  }
  return entries;
}
