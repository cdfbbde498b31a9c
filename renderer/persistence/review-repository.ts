import Dexie from 'dexie';
import { type AppError, appError } from '../../shared/result/app-error';
import { ok } from '../../shared/result/result';
import { foldReview, type ImageReview, unreviewed } from '../../shared/review/fold-review';
import { reasonAgainstDeed } from '../../shared/review/reason-against-deed';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import type { Session } from '../../shared/schema/person';
import type { ReviewDeed, ReviewEvent } from '../../shared/schema/review';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { demand, type PersistenceContext, signature } from './context';
import { guarded, guardedWrite, Refusal } from './database-error';
import { ordinalSaidBy } from './image-ids';
import { imageTables, readImagesAt, withImages } from './image-rows';
import { nextLine, requireHead, reviewScope } from './journal-lines';
import type { RecordPut, ReviewRepository } from './ports';
import { putRecords } from './record-repository';
import { count, eventsOf, readPolicy, reviewRow, reviewRowsOf } from './review-rows';
import type { StoredImage, StoredReview } from './stored-records';

type Acted = Awaited<ReturnType<ReviewRepository['act']>>;

export function createReviewRepository(context: PersistenceContext): ReviewRepository {
  const { db } = context;
  const reviewOf = (row: StoredReview, policy: ReviewPolicy): ImageReview =>
    foldReview(row.imageId, eventsOf(row), policy);

  return {
    get: (imageId) =>
      guarded(db, 'reading a review', () =>
        db.transaction('r', [db.reviews, db.records], async () => {
          const row = await db.reviews.where('imageId').equals(imageId).first();
          return row === undefined ? unreviewed(imageId) : reviewOf(row, await readPolicy(db, row.projectId));
        }),
      ),

    many: (projectId, imageIds) =>
      guarded(db, 'reading reviews', () =>
        db.transaction('r', [db.reviews, db.records], async () => {
          const [rows, policy] = await Promise.all([reviewRowsOf(db, imageIds), readPolicy(db, projectId)]);
          return new Map([...rows].map(([id, row]) => [id, reviewOf(row, policy)]));
        }),
      ),

    events: (imageId) =>
      guarded(db, 'reading a review', async () =>
        eventsOf(await db.reviews.where('imageId').equals(imageId).first()),
      ),

    act: (projectId, imageIds, deeds, words, records = []) =>
      act(context, projectId, imageIds, deeds, words, records),

    policy: (projectId) => guarded(db, 'reading the review settings', async () => readPolicy(db, projectId)),

    counts: (projectId) =>
      guarded(db, 'counting reviews', async () => {
        const { counts, reviewCounts = {} } = requireHead(await db.heads.get(projectId));
        const known = Object.values(reviewCounts).reduce((sum, count) => sum + count, 0);
        return {
          ...reviewCounts,
          'annotation.new': (reviewCounts['annotation.new'] ?? 0) + counts.images - known,
        };
      }),

    async *stream(projectId, batchSize) {
      const policy = await readPolicy(db, projectId);
      for (let from = 0; ; ) {
        const rows = await db.reviews
          .where('[projectId+ordinal]')
          .between([projectId, from], [projectId, Dexie.maxKey])
          .limit(batchSize)
          .toArray();
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows.map((row) => {
          const events = eventsOf(row);
          return { review: foldReview(row.imageId, events, policy), events };
        });
        from = last.ordinal + 1;
      }
    },
  };
}

/** Between two of these the window draws: of a batch there may be a hundred thousand. */
const IMAGES_AT_A_TIME = 500;

async function act(
  context: PersistenceContext,
  projectId: ProjectId,
  imageIds: readonly ImageId[],
  deeds: readonly ReviewDeed[],
  words: { readonly code: string; readonly label: string },
  records: readonly RecordPut[],
): Promise<Acted> {
  const { db, notifier } = context;
  const wanted = [...new Set(imageIds)];
  if (wanted.length === 0 || deeds.length === 0) return ok({ eventIds: [], done: [], refused: [] });
  const acted = await guardedWrite(db, 'saving a review', () =>
    db.transaction('rw', [db.records, ...imageTables(db)], async () => {
      const session = demand(context, 'review.comment');
      const [policy, stored] = await Promise.all([readPolicy(db, projectId), db.heads.get(projectId)]);
      const head = requireHead(stored);
      const events = deeds.map((deed) => eventOf(context, session, deed));
      const refused: { imageId: ImageId; error: AppError }[] = [];
      const done: ImageId[] = [];
      const counts = { ...head.reviewCounts };
      for (let from = 0; from < wanted.length; from += IMAGES_AT_A_TIME) {
        const ids = wanted.slice(from, from + IMAGES_AT_A_TIME);
        const images = await imagesOf(context, projectId, ids);
        const rows = await db.reviews.bulkGet(
          images.map(({ ordinal }): [ProjectId, number] => [projectId, ordinal]),
        );
        const changed: StoredReview[] = [];
        for (const [index, image] of images.entries()) {
          const row = rows[index];
          const known = eventsOf(row);
          const refusal = reasonAgainst(image, known, deeds, events, { session, policy });
          if (refusal !== null) {
            refused.push({ imageId: image.id, error: refusal });
            continue;
          }
          const next = reviewRow(image, [...known, ...events], policy).row;
          if (row !== undefined) count(counts, row, -1);
          count(counts, next, 1);
          changed.push(next);
          done.push(image.id);
        }
        if (changed.length > 0) await db.reviews.bulkPut(changed);
      }
      const [onlyRefusal] = refused;
      if (onlyRefusal !== undefined && wanted.length === 1) throw new Refusal(onlyRefusal.error);
      if (done.length === 0) return { eventIds: [], done, refused };
      const next = nextLine(
        { ...head, reviewCounts: counts },
        {
          id: context.newId() as ChangeId,
          projectId,
          imageId: done.length === 1 ? (done[0] ?? null) : null,
          scope: reviewScope(projectId),
          groupId: null,
          at: context.now(),
          ...signature(context),
          origin: 'person',
          code: words.code,
          label: words.label,
          targetId: null,
          body: { kind: 'review', imageIds: done, events },
        },
      );
      await db.changes.add(next.line);
      const isWhole = refused.length === 0 && records.length > 0;
      const last = isWhole ? await putRecords(context, next.head, records, words) : next.head;
      await db.heads.put(last);
      return { eventIds: events.map(({ id }) => id), done, refused };
    }),
  );
  if (acted.ok && acted.value.done.length > 0) notifier.announce({ projectId, imageIds: acted.value.done });
  return acted;
}

/** Each deed is asked of the review as the deeds before it would leave it. */
function reasonAgainst(
  image: StoredImage,
  known: readonly ReviewEvent[],
  deeds: readonly ReviewDeed[],
  events: readonly ReviewEvent[],
  { session, policy }: { readonly session: Session; readonly policy: ReviewPolicy },
): AppError | null {
  for (const [index, deed] of deeds.entries()) {
    const before = [...known, ...events.slice(0, index)];
    const review = foldReview(image.id, before, policy);
    const reason = reasonAgainstDeed(review, deed, { session, policy, stored: image, events: before });
    if (reason !== null) return reason;
  }
  return null;
}

function eventOf(context: PersistenceContext, session: Session, deed: ReviewDeed): ReviewEvent {
  return {
    ...deed,
    id: context.newId(),
    at: context.now(),
    by: session.name,
    personId: session.personId,
  };
}

/** Thousands of images are found by the place that their ids say, the few that do not say it by their id. */
async function imagesOf(
  { db }: PersistenceContext,
  projectId: ProjectId,
  ids: readonly ImageId[],
): Promise<readonly StoredImage[]> {
  const found = await readImagesAt(db, projectId, ids.map(ordinalSaidBy));
  const byId = new Map(found.map((image) => [image.id, image]));
  const others = await withImages(
    db,
    ids.filter((id) => !byId.has(id)),
    (id) => id,
  );
  for (const { image } of others) byId.set(image.id, image);
  return ids.flatMap((id) => byId.get(id) ?? []).map((image) => ofProject(image, projectId));
}

function ofProject(image: StoredImage, projectId: ProjectId): StoredImage {
  if (image.projectId === projectId && image.layer === undefined) return image;
  throw new Refusal(
    appError(
      'usage.bad-arguments',
      'An image of another project was named in a review. Nothing was changed.',
    ),
  );
}
