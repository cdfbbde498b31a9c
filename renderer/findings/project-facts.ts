import { assignSplits } from '../../shared/datasets/split';
import { hashWords } from '../../shared/quality/perceptual-hash';
import type { PictureFacts } from '../../shared/rules/annotations/dataset-input';
import { pictureFactsOf } from '../../shared/rules/annotations/dataset-table';
import { IMAGE_STATES } from '../../shared/schema/annotation';
import type { Split } from '../../shared/schema/dataset-version';
import type { ProjectId } from '../../shared/schema/ids';
import { resolveLabel } from '../../shared/schema/resolve-label';
import type { ObjectTable } from '../objects/object-table';
import type { GroundmarkDatabase } from '../persistence/database';
import type { StoredImage } from '../persistence/stored-records';
import type { CheckSettings } from './finding-messages';

/** What is kept of each image beside the table, by ordinal. */
export interface KnownImage {
  readonly key: string;
  readonly sourceId: string;
  readonly contentHash: string;
}

export function knownImage({ key, sourceId, contentHash }: StoredImage): KnownImage {
  return { key, sourceId, contentHash };
}

/**
 * What rules over the project know of pictures: the split that publishing now would give, files that are the same, and
 * looks as they are stored. Images that publishing would leave out are in no split.
 */
export async function readPictureFacts(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  table: ObjectTable,
  images: readonly KnownImage[],
  settings: CheckSettings,
): Promise<{ readonly facts: PictureFacts; readonly withoutLook: number }> {
  const looks = new Map(
    (await db.imageHashes.where('projectId').equals(projectId).toArray()).map(
      (row) => [row.imageId as string, row] as const,
    ),
  );
  const splits = splitsOf(table, images, settings);
  let withoutLook = 0;
  const facts = images.map((image, ordinal) => {
    const id = table.imageIdAt(ordinal) ?? '';
    const look = looks.get(id);
    const isCurrent = look?.contentHash === image.contentHash;
    if (!isCurrent) withoutLook += 1;
    return {
      name: image.key,
      split: splits.get(id) ?? null,
      content: image.contentHash,
      look: isCurrent ? hashWords(look.hash) : null,
    };
  });
  return { facts: pictureFactsOf(facts), withoutLook };
}

function splitsOf(
  table: ObjectTable,
  images: readonly KnownImage[],
  { schema, split, sourceNames }: CheckSettings,
): ReadonlyMap<string, Split> {
  const states = new Set(split.states.map((state) => IMAGE_STATES.indexOf(state)));
  const { state } = table.images();
  const { label } = table.columns();
  const classOf = table.labelIds.map((id) => resolveLabel(schema, id)?.classIndex);
  const subjects = images.flatMap(({ key, sourceId, contentHash }, ordinal) => {
    const imageId = table.imageIdAt(ordinal);
    if (imageId === null || !states.has(state[ordinal] ?? 0)) return [];
    const labelCounts = new Map<number, number>();
    if (split.rule.isStratified) {
      for (const row of table.rowsOf(ordinal)) {
        const number = classOf[label[row] ?? 0];
        if (number !== undefined) labelCounts.set(number, (labelCounts.get(number) ?? 0) + 1);
      }
    }
    const source = sourceNames.get(sourceId) ?? '';
    const slash = key.lastIndexOf('/');
    const folder = slash < 0 ? source : `${source}/${key.slice(0, slash)}`;
    return [{ imageId, folder, contentHash, labelCounts }];
  });
  return new Map([...assignSplits(subjects, split.rule)].map(([id, { split: dealt }]) => [id, dealt]));
}
