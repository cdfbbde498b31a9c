import { appError } from '../../shared/result/app-error';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { ProjectLine } from '../../shared/schema/project-lines';
import { RECORD_SCHEMAS } from '../../shared/schema/project-records';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { writeSet } from './annotation-store';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { count, readPolicy, reviewRow } from './review-rows';
import type { StoredImage } from './stored-records';

type LineOf<Kind extends ProjectLine['kind']> = Extract<ProjectLine, { kind: Kind }>;
export type ReviewLine = LineOf<'layer' | 'review' | 'record' | 'activity'>;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Stores what is beside images and labels. In a copy images and layers have new ids: every text that is one of the old
 * ones is replaced, so that batches, waivers and proposals name what they named.
 */
export class ReviewRestoration {
  /** Events wait for the end: how they fold depends on the policy, and queues on the revisions of their images. */
  readonly #reviews = new Map<ImageId, LineOf<'review'>>();

  constructor(
    readonly db: GroundmarkDatabase,
    readonly projectId: ProjectId,
    /** The new id of an image or layer, or the id itself where nothing is renamed. */
    readonly idAs: (id: string) => string,
  ) {}

  /** Inside a transaction that holds layers, annotation sets and pages, records and activity. */
  async put(line: ReviewLine): Promise<void> {
    const { db, projectId } = this;
    switch (line.kind) {
      case 'review':
        this.#reviews.set(line.imageId, line);
        return;
      case 'activity':
        await db.activity.put({ ...this.renamed(line.activity), projectId });
        return;
      case 'record': {
        const id = this.renamed(line.id);
        if (line.value === null) {
          await db.records.delete([projectId, line.record, id]);
          return;
        }
        const value = this.renamed(line.value);
        const parsed = RECORD_SCHEMAS[line.record].safeParse(
          'projectId' in value ? { ...value, projectId } : value,
        );
        if (!parsed.success) throw new Refusal(damaged(`a ${line.record} is none`));
        const imageId = line.imageId === null ? '' : (this.idAs(line.imageId) as ImageId);
        const text = JSON.stringify(parsed.data);
        await db.records.put({ projectId, record: line.record, id, imageId, text });
        return;
      }
      case 'layer': {
        const id = this.idAs(line.id) as ImageId;
        if (line.layer === null) {
          await Promise.all([db.layers.delete(id), db.annotationSets.delete(id)]);
          return;
        }
        const layer = { ...this.renamed(line.layer), projectId, id };
        const { revision, annotations } = line;
        await db.layers.put({ ...layer, revision, annotationCount: annotations.length });
        if (revision === 0) return;
        await writeSet(
          db,
          { imageId: id, projectId, revision, annotations, status: UNLABELLED_STATUS },
          null,
        );
      }
    }
  }

  /** The reviews, once all images are there; gives the counts by stage and state. */
  async finish(
    imagesOf: (ids: readonly ImageId[]) => PromiseLike<readonly (StoredImage | undefined)[]>,
  ): Promise<Record<string, number>> {
    const { db } = this;
    const counts: Record<string, number> = {};
    const policy: ReviewPolicy = await readPolicy(db, this.projectId);
    const lines = [...this.#reviews.values()];
    const images = await imagesOf(lines.map(({ imageId }) => this.idAs(imageId) as ImageId));
    const rows = lines.map((line, index) => {
      const image = images[index];
      if (image === undefined) throw new Refusal(damaged('it has the review of an image that it has not'));
      return reviewRow(image, this.renamed(line.events), policy).row;
    });
    for (const row of rows) count(counts, row, 1);
    await db.reviews.bulkPut(rows);
    return counts;
  }

  /** The same value with the ids of images and layers as they are here. */
  renamed<T>(value: T): T {
    const text = JSON.stringify(value);
    return JSON.parse(text.replace(UUID, (id) => this.idAs(id)));
  }
}

function damaged(reason: string) {
  return appError(
    'backup.damaged',
    `This backup cannot be restored: ${reason}. Your projects were not touched; restore an earlier backup.`,
    { reason },
  );
}
