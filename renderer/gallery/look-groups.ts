import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { LabelId } from '../../shared/schema/ids';
import { cropPictureOf, orderFor } from '../crops/crop-source';
import type { CropWorkers } from '../crops/crop-workers';
import { groupCountFor } from '../crops/k-means';
import { LOOK_LENGTH } from '../crops/look-descriptor';
import type { ObjectDetail } from '../objects/object-messages';
import type { ProjectObjects } from '../objects/object-source';

/** More objects than this are not grouped at once: 12 MB of looks, and some seconds to group them. */
export const MOST_LOOKED_AT = 20_000;

/** Objects whose details are read at once. */
const DETAILS_AT_ONCE = 200;

/** The same objects always fall into the same groups. */
const SEED = 1;

export interface LookGroup {
  /** What fits the group best first. */
  readonly rows: readonly number[];
  /**
   * What fits least first: objects of another label than most, then those that lie farthest from the group's middle.
   * That is where wrong labels are.
   */
  readonly oddFirst: readonly number[];
  /** The label that most of the group have, and how many; merged labels under their own id. */
  readonly label: { readonly id: LabelId; readonly count: number } | null;
}

/** What is known of the looks of a project's objects, so that grouping them anew costs only the grouping. */
export interface LookGrouper {
  /**
   * Looks at all these objects and puts those that are alike together: the largest group first. Objects whose picture
   * cannot be read come last, in a group of their own without a label. Errors: `job.cancelled`, or that of the table.
   * @param rows at most `MOST_LOOKED_AT`, in the order of images, so that a picture is decoded once.
   */
  group(
    rows: Uint32Array,
    onProgress: (looked: number) => void,
    signal: AbortSignal,
  ): Promise<Result<readonly LookGroup[]>>;
}

interface Seen {
  readonly imageRevision: number;
  readonly labelId: LabelId;
  readonly look: Float32Array;
}

export function createLookGrouper(
  objects: Pick<ProjectObjects, 'details'>,
  makeWorkers: () => CropWorkers,
): LookGrouper {
  const seen = new Map<number, Seen>();

  async function lookAt(
    details: readonly ObjectDetail[],
    workers: CropWorkers,
    signal: AbortSignal,
  ): Promise<void> {
    const byPicture = new Map<string, ObjectDetail[]>();
    for (const detail of details) {
      if (detail.image.isMissing === 1) continue;
      if (seen.get(detail.row)?.imageRevision === detail.imageRevision) continue;
      const hash = detail.image.contentHash;
      byPicture.set(hash, [...(byPicture.get(hash) ?? []), detail]);
    }
    const queue = [...byPicture.values()];
    const work = async (worker: number) => {
      for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
        const [first] = next;
        if (first === undefined) continue;
        const picture = cropPictureOf(first.image);
        // Without outlines: what is drawn on an object must not be what it is known by.
        const crops = next.map((detail) => ({ ...orderFor(detail, null), outline: [] }));
        const answer = await workers.perform(worker, { kind: 'look', picture, crops, side: 0 }, signal);
        if (answer.kind !== 'look') continue;
        const byRow = new Map(next.map((detail) => [detail.row, detail]));
        for (const { row, look } of answer.looks) {
          const detail = byRow.get(row);
          if (detail === undefined) continue;
          seen.set(row, { imageRevision: detail.imageRevision, labelId: detail.labelId, look });
        }
      }
    };
    await Promise.all(Array.from({ length: workers.count }, (_, worker) => work(worker)));
  }

  return {
    async group(rows, onProgress, signal) {
      const workers = makeWorkers();
      const stop = () => workers.close();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const labels = new Map<number, LabelId>();
        for (let from = 0; from < rows.length; from += DETAILS_AT_ONCE) {
          const answer = await objects.details([...rows.subarray(from, from + DETAILS_AT_ONCE)]);
          if (!answer.ok) return answer;
          for (const { row, labelId } of answer.value) labels.set(row, labelId);
          await lookAt(answer.value, workers, signal);
          if (signal.aborted) return err(cancelled());
          onProgress(Math.min(rows.length, from + DETAILS_AT_ONCE));
        }
        return await putTogether(rows, labels, workers, signal);
      } finally {
        signal.removeEventListener('abort', stop);
        workers.close();
      }
    },
  };

  async function putTogether(
    rows: Uint32Array,
    labels: ReadonlyMap<number, LabelId>,
    workers: CropWorkers,
    signal: AbortSignal,
  ): Promise<Result<readonly LookGroup[]>> {
    const looked = [...rows].filter((row) => labels.has(row) && seen.has(row));
    const unseen = [...rows].filter((row) => labels.has(row) && !seen.has(row));
    const looks = new Float32Array(looked.length * LOOK_LENGTH);
    looked.forEach((row, at) => {
      const look = seen.get(row)?.look;
      if (look !== undefined) looks.set(look, at * LOOK_LENGTH);
    });
    const groupCount = groupCountFor(looked.length);
    const answer = await workers.perform(0, { kind: 'group', looks, groupCount, seed: SEED }, signal);
    if (answer.kind === 'failed') return err(answer.error);
    if (answer.kind !== 'grouped') return err(cancelled());
    const { groups, distances } = answer.grouping;
    const members: { row: number; distance: number }[][] = Array.from(
      { length: answer.grouping.groupCount },
      () => [],
    );
    looked.forEach((row, at) => {
      members[groups[at] ?? 0]?.push({ row, distance: distances[at] ?? 0 });
    });
    const made = members
      .filter((group) => group.length > 0)
      .sort((a, b) => b.length - a.length)
      .map((group): LookGroup => {
        const nearestFirst = group.sort((a, b) => a.distance - b.distance).map(({ row }) => row);
        return groupOf(nearestFirst, labels);
      });
    return ok(unseen.length === 0 ? made : [...made, { rows: unseen, oddFirst: unseen, label: null }]);
  }
}

function commonLabel(rows: readonly number[], labels: ReadonlyMap<number, LabelId>): LookGroup['label'] {
  const counts = new Map<LabelId, number>();
  for (const row of rows) {
    const label = labels.get(row);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined ? null : { id: most[0], count: most[1] };
}

function groupOf(nearestFirst: readonly number[], labels: ReadonlyMap<number, LabelId>): LookGroup {
  const label = commonLabel(nearestFirst, labels);
  const farthestFirst = [...nearestFirst].reverse();
  const isOther = (row: number) => labels.get(row) !== label?.id;
  const oddFirst = [...farthestFirst.filter(isOther), ...farthestFirst.filter((row) => !isOther(row))];
  return { rows: nearestFirst, oddFirst, label };
}

function cancelled(): AppError {
  return appError('job.cancelled', 'Grouping was cancelled.');
}
