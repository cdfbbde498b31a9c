import { canonicalJson } from '../../shared/document/canonical-json';
import { applyChange, type ChangeSet, isEmptyChange } from '../../shared/document/change-set';
import { derivedId } from '../../shared/document/derived-id';
import { documentFromSet, type ImageDocument } from '../../shared/document/image-document';
import { type MergedImage, type MergeInput, mergeReturn } from '../../shared/merge/merge-return';
import { mergeReviews } from '../../shared/merge/merge-reviews';
import { appError } from '../../shared/result/app-error';
import type { AnnotationSet } from '../../shared/schema/change';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { IssuedPackage, MergeConflict } from '../../shared/schema/project-records';
import type { ReviewEvent, ReviewEventKind } from '../../shared/schema/review';
import type { PackageEntry, Seal, WorkReturn } from '../../shared/schema/work-package';
import { readSet } from './annotation-store';
import { demand, type PersistenceContext, personOf, signature } from './context';
import { mutableCounts } from './counts';
import { Refusal } from './database-error';
import { type GroupMember, type GroupState, writeGroupMembers } from './group-members';
import { imageTables, withImages } from './image-rows';
import { nextLine, projectScope, requireHead, reviewScope } from './journal-lines';
import type { MergeOptions, MergeSummary, RecordPut } from './ports';
import { requireProject } from './project-face';
import type { ReadReturn, ReturnedContent } from './read-return';
import { recordOf, writeRecords } from './record-repository';
import { count, eventsOf, readPolicy, reviewRow, reviewRowsOf } from './review-rows';
import type { StoredImage, StoredReview } from './stored-records';

/** What a labeller may say of a picture; verdicts are given here, by those who may. */
const TAKEN_EVENTS: ReadonlySet<ReviewEventKind> = new Set([
  'started',
  'submitted',
  'threadOpened',
  'commented',
  'threadResolved',
  'threadReopened',
]);

/** Images between two reports of progress, at which a merge can also be cancelled. */
const IMAGES_PER_STEP = 50;

/** The record of the package that a return answers. Throws `package.foreign-images`, `package.bad-signature`. */
export async function packageOfReturn(
  { db }: PersistenceContext,
  projectId: ProjectId,
  entry: PackageEntry | undefined,
): Promise<{ readonly issued: IssuedPackage; readonly said: WorkReturn; readonly seal: Seal }> {
  if (entry?.content.kind !== 'return') throw new Refusal(noReturn());
  const { content: said, seal } = entry;
  const order = said.order.content;
  const row = await db.records.get([projectId, 'package', order.packageId]);
  if (row === undefined || order.originalProjectId !== projectId) throw new Refusal(foreign(order.name));
  const issued = recordOf('package', row);
  if (issued.contentHash !== said.order.seal.contentHash) throw new Refusal(altered(order.name));
  return { issued, said, seal };
}

/**
 * Merges what came back in one strict transaction: labels as one change of the project with one undo, what is in conflict
 * as records, review events as a union. Either all of it is there afterwards or nothing.
 * Throws refusals: `package.foreign-images`, `schema.unknown-label`, `job.cancelled`.
 */
export async function mergePackage(
  context: PersistenceContext,
  projectId: ProjectId,
  { said, seal }: { readonly said: WorkReturn; readonly seal: Seal },
  read: ReadReturn,
  options: MergeOptions,
): Promise<MergeSummary> {
  const { db } = context;
  return db.transaction('rw', [db.projects, db.records, ...imageTables(db)], async () => {
    const me = personOf(demand(context, 'package.merge'));
    const project = await requireProject(db, projectId);
    demandKnownLabels(project.schema, read);
    const images = await ownImages(context, projectId, read.images);
    const policy = await readPolicy(db, projectId);
    const reviews = await reviewRowsOf(
      db,
      images.map(({ id }) => id),
    );
    const row = await db.records.get([projectId, 'package', said.order.content.packageId]);
    if (row === undefined) throw new Refusal(foreign(said.order.content.name));
    const issued = recordOf('package', row);
    const words = { code: 'package.merge', label: `Merge ${issued.name} from ${said.by.name}` };
    const nothing = { changeId: null, name: issued.name, by: said.by.name, images: 0, annotations: 0 };
    if (issued.merged.some(({ contentHash }) => contentHash === seal.contentHash)) {
      return { ...nothing, isNew: false, events: 0, openConflicts: 0, strangers: read.strangers };
    }
    const members: GroupMember[] = [];
    const puts: RecordPut[] = [];
    const reviewed: { readonly row: StoredReview; readonly added: readonly ReviewEvent[] }[] = [];
    let openConflicts = 0;
    for (const [index, content] of read.images.entries()) {
      if (index % IMAGES_PER_STEP === 0) {
        if (options.signal.aborted) throw new Refusal(cancelled());
        options.onProgress(index, images.length);
      }
      const image = images[index];
      if (image === undefined) continue;
      const set = await readSet(db, image);
      if (!set.ok) throw new Refusal(set.error);
      const memoryRow = await db.records.get([projectId, 'merge', image.id]);
      const merged = mergeReturn(
        memoryRow === undefined ? null : recordOf('merge', memoryRow),
        set.value,
        {
          packageId: issued.id,
          number: said.number,
          by: said.by,
          base: content.base,
          theirs: content.theirs,
        },
        me,
      );
      const change = changeTo(set.value, merged.result, words);
      if (!isEmptyChange(change)) members.push(memberOf(image, set.value, change, options.hasFinding));
      puts.push(...(await recordPuts(context, projectId, image, merged)));
      openConflicts += merged.conflicts.length;
      const known = eventsOf(reviews.get(image.id));
      const events = mergeReviews(
        known,
        content.events.filter(({ kind }) => TAKEN_EVENTS.has(kind)),
      );
      if (events.length > known.length) {
        const ids = new Set(known.map(({ id }) => id));
        const revision = image.revision + (isEmptyChange(change) ? 0 : 1);
        reviewed.push({
          row: reviewRow({ ...image, revision }, events, policy).row,
          added: events.filter(({ id }) => !ids.has(id)),
        });
      }
    }
    puts.push({
      kind: 'package',
      id: issued.id,
      value: {
        ...issued,
        merged: [...issued.merged, { contentHash: seal.contentHash, at: context.now(), by: said.by }],
      },
    });
    const written = await writeMerge(context, projectId, words, { members, puts, reviewed, reviews });
    return {
      ...nothing,
      ...written,
      isNew: true,
      events: reviewed.reduce((sum, { added }) => sum + added.length, 0),
      openConflicts,
      strangers: read.strangers,
    };
  });
}

/** Group, records, reviews, head: in this order, all of them in the caller's transaction. */
async function writeMerge(
  context: PersistenceContext,
  projectId: ProjectId,
  words: { readonly code: string; readonly label: string },
  merge: {
    readonly members: readonly GroupMember[];
    readonly puts: readonly RecordPut[];
    readonly reviewed: readonly { readonly row: StoredReview; readonly added: readonly ReviewEvent[] }[];
    readonly reviews: ReadonlyMap<string, StoredReview>;
  },
): Promise<Pick<MergeSummary, 'changeId' | 'images' | 'annotations'>> {
  const { db } = context;
  const written = await writeAsGroup(context, projectId, words, merge.members);
  const head = requireHead(await db.heads.get(projectId));
  const reviewCounts = { ...head.reviewCounts };
  let last = { ...head, reviewCounts };
  for (const { row, added } of merge.reviewed) {
    const before = merge.reviews.get(row.imageId);
    if (before !== undefined) count(reviewCounts, before, -1);
    count(reviewCounts, row, 1);
    const next = nextLine(last, {
      id: context.newId() as ChangeId,
      projectId,
      imageId: row.imageId,
      scope: reviewScope(projectId),
      groupId: null,
      at: context.now(),
      ...signature(context),
      origin: 'import',
      ...words,
      targetId: null,
      body: { kind: 'review', imageIds: [row.imageId], events: [...added] },
    });
    last = { ...next.head, reviewCounts };
    await Promise.all([db.changes.add(next.line), db.reviews.put(row)]);
  }
  await db.heads.put(await writeRecords(context, last, merge.puts, words));
  return written;
}

/** Changes of images as one change of the project, inside the caller's transaction, which holds `imageTables`. */
export async function writeAsGroup(
  context: PersistenceContext,
  projectId: ProjectId,
  words: { readonly code: string; readonly label: string },
  members: readonly GroupMember[],
): Promise<{ readonly changeId: ChangeId | null; readonly images: number; readonly annotations: number }> {
  const { db } = context;
  if (members.length === 0) return { changeId: null, images: 0, annotations: 0 };
  const head = requireHead(await db.heads.get(projectId));
  const groupId = context.newId() as ChangeId;
  const annotations = members.reduce(
    (sum, { change }) => sum + change.added.length + change.updated.length + change.removed.length,
    0,
  );
  const draft = {
    projectId,
    scope: projectScope(projectId),
    at: context.now(),
    ...signature(context),
    origin: 'person' as const,
    ...words,
  };
  const first = nextLine(head, {
    ...draft,
    id: groupId,
    imageId: null,
    groupId: null,
    targetId: null,
    body: { kind: 'group', imageCount: members.length, annotationCount: annotations, schema: null },
  });
  await db.changes.add(first.line);
  const state: GroupState = { head: first.head, counts: mutableCounts(head.counts) };
  for (let from = 0; from < members.length; from += IMAGES_PER_STEP) {
    await writeGroupMembers(
      context,
      state,
      { ...draft, groupId },
      members.slice(from, from + IMAGES_PER_STEP),
    );
  }
  await db.heads.put({ ...state.head, counts: state.counts });
  return { changeId: groupId, images: members.length, annotations };
}

export function memberOf(
  image: StoredImage,
  before: AnnotationSet,
  change: ChangeSet,
  hasFinding: (document: ImageDocument) => boolean,
): GroupMember {
  const after = applyChange(documentFromSet(before, image), change);
  return { image, before, change, targetId: null, hasFinding: hasFinding(after) };
}

/** The change that leads from one set to another, record by record. */
export function changeTo(
  before: MergeInput,
  after: MergeInput,
  words: { readonly code: string; readonly label: string },
): ChangeSet {
  const old = new Map(before.annotations.map((annotation) => [annotation.id, annotation]));
  const next = new Map(after.annotations.map((annotation) => [annotation.id, annotation]));
  const added = after.annotations.filter(({ id }) => !old.has(id));
  const removed = before.annotations.filter(({ id }) => !next.has(id));
  const updated = after.annotations.flatMap((annotation): [typeof annotation, typeof annotation][] => {
    const earlier = old.get(annotation.id);
    const isSame = earlier === undefined || canonicalJson(earlier) === canonicalJson(annotation);
    return isSame ? [] : [[earlier, annotation]];
  });
  const orders = [before, after].map(({ annotations }) => annotations.map(({ id }) => id));
  const plain = [...(orders[0] ?? []).filter((id) => next.has(id)), ...added.map(({ id }) => id)];
  const isReordered = plain.join() !== (orders[1] ?? []).join();
  return {
    origin: 'person',
    ...words,
    added,
    updated,
    removed,
    order: isReordered ? [orders[0] ?? [], orders[1] ?? []] : null,
    status:
      canonicalJson(before.status) === canonicalJson(after.status) ? null : [before.status, after.status],
  };
}

/** What the image remembers, and its open conflicts; a conflict that grew or went stands no more in its old form. */
async function recordPuts(
  { db, now }: PersistenceContext,
  projectId: ProjectId,
  image: StoredImage,
  { memory, conflicts }: MergedImage,
): Promise<readonly RecordPut[]> {
  if (memory === null) return [];
  const rows = await db.records
    .where('[projectId+record+imageId]')
    .equals([projectId, 'conflict', image.id])
    .toArray();
  const open = rows.map((row) => recordOf('conflict', row)).filter(({ resolved }) => resolved === null);
  const wanted = conflicts.map((conflict): MergeConflict => {
    const earlier = open.find(({ annotationId }) => annotationId === conflict.annotationId);
    return {
      id: derivedId('conflict', image.id, canonicalJson(conflict)),
      imageId: image.id,
      annotationId: conflict.annotationId,
      base: conflict.base,
      sides: [...conflict.sides],
      foundAt: earlier?.foundAt ?? now(),
      resolved: null,
    };
  });
  const known = new Set(open.map(({ id }) => id));
  const stay = new Set(wanted.map(({ id }) => id));
  return [
    { kind: 'merge', id: image.id, imageId: image.id, value: memory },
    ...open
      .filter(({ id }) => !stay.has(id))
      .map(({ id }): RecordPut => ({ kind: 'conflict', id, imageId: image.id, value: null })),
    ...wanted
      .filter(({ id }) => !known.has(id))
      .map((value): RecordPut => ({ kind: 'conflict', id: value.id, imageId: image.id, value })),
  ];
}

/** The project's images in the order of the return. A picture is known by its bytes, not by what the return says. */
async function ownImages(
  { db }: PersistenceContext,
  projectId: ProjectId,
  contents: readonly ReturnedContent[],
): Promise<readonly StoredImage[]> {
  const ids = contents.map(({ imageId }) => imageId);
  const found = new Map((await withImages(db, ids, (id) => id)).map(({ image }) => [image.id, image]));
  return contents.map(({ imageId, contentHash }) => {
    const image = found.get(imageId);
    if (image === undefined || image.projectId !== projectId || image.contentHash !== contentHash) {
      throw new Refusal(
        appError(
          'package.foreign-images',
          'This return has labels for pictures that are not in this project. Nothing was changed; open the project that handed the package out.',
          { imageId },
        ),
      );
    }
    return image;
  });
}

/** Labels are known by their ids: renamed, merged and retired ones still are the same. */
function demandKnownLabels(schema: LabelSchema, read: ReadReturn): void {
  const known = new Set<string>(schema.labels.map(({ id }) => id));
  const unknown = new Set<string>();
  for (const { theirs } of read.images) {
    for (const { labelId } of theirs.annotations) if (!known.has(labelId)) unknown.add(labelId);
  }
  if (unknown.size === 0) return;
  const names = [...unknown].map(
    (id) => read.schema.labels.find((label) => label.id === id)?.name ?? `a label without a name (${id})`,
  );
  throw new Refusal(
    appError(
      'schema.unknown-label',
      `This return uses labels that the project does not have: ${names.slice(0, 10).join(', ')}. Nothing was changed; have them relabelled there, and given back again.`,
      { labels: names },
    ),
  );
}

function noReturn() {
  return appError(
    'usage.bad-arguments',
    'This is no return of a work package. Open it with “Open a bundle or work package…”.',
  );
}

function foreign(name: string) {
  return appError(
    'package.foreign-images',
    `“${name}” was not handed out by this project, so its labels are for pictures of another one. Nothing was changed; open the project that handed it out.`,
    { name },
  );
}

function altered(name: string) {
  return appError(
    'package.bad-signature',
    `This return is refused: the package “${name}” that it answers is not the one that was handed out. Nothing was changed.`,
    { name },
  );
}

function cancelled() {
  return appError('job.cancelled', 'Cancelled; nothing was changed.');
}
