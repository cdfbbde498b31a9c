import { appError } from '../../shared/result/app-error';
import type { ProjectId } from '../../shared/schema/ids';
import { readSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { Refusal } from './database-error';
import { imageTables, readImages } from './image-rows';
import type { Persistence } from './ports';
import { imageRecordOf } from './stored-records';

/**
 * Images with their sets in ordinal order. A damaged set ends the stream with a `Refusal` (its `reason` is the
 * error): a version that silently lacks labels must not be published.
 */
export async function* exportRows(
  context: PersistenceContext,
  projectId: ProjectId,
  { fromOrdinal, batchSize }: Parameters<Persistence['exportRows']>[1],
): ReturnType<Persistence['exportRows']> {
  const { db } = context;
  if (batchSize < 1) throw new Refusal(appError('usage.bad-arguments', 'A batch needs at least one image.'));
  for (let from = fromOrdinal; ; from += batchSize) {
    const start = from;
    const batch = await db.transaction('r', imageTables(db), async () => {
      const images = await readImages(db, projectId, start, start + batchSize);
      return Promise.all(
        images.map(async (image) => {
          const set = await readSet(db, image);
          if (!set.ok) throw new Refusal(set.error);
          return { image: imageRecordOf(image), set: set.value };
        }),
      );
    });
    if (batch.length === 0) return;
    yield batch;
  }
}
