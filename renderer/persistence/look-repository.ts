import type { Result } from '../../shared/result/result';
import type { ImageId, ProjectId, Sha256 } from '../../shared/schema/ids';
import type { PersistenceContext } from './context';
import { guarded } from './database-error';

/** What pictures look like in 64 bits: a cache of what their files say, so that no role and no journal line is needed. */
export interface LookRepository {
  /** By image, with the file that each was made of. */
  all(projectId: ProjectId): Promise<Result<ReadonlyMap<ImageId, Sha256>>>;
  put(
    projectId: ProjectId,
    looks: readonly { readonly imageId: ImageId; readonly contentHash: Sha256; readonly hash: string }[],
  ): Promise<Result<null>>;
}

export function createLookRepository({ db }: Pick<PersistenceContext, 'db'>): LookRepository {
  return {
    all: (projectId) =>
      guarded(db, 'reading the looks of pictures', async () => {
        const rows = await db.imageHashes.where('projectId').equals(projectId).toArray();
        return new Map(rows.map(({ imageId, contentHash }) => [imageId, contentHash]));
      }),
    put: (projectId, looks) =>
      guarded(db, 'keeping the looks of pictures', async () => {
        await db.imageHashes.bulkPut(looks.map((look) => ({ ...look, projectId })));
        return null;
      }),
  };
}
