import type { ChangeSet } from '../../shared/document/change-set';
import { decidedStatus } from '../../shared/document/image-status';
import {
  annotationOfImport,
  type ImportedLineImage,
  importedBody,
} from '../../shared/document/imported-images';
import { mergeIncoming } from '../../shared/imports/conflict-rule';
import { appError } from '../../shared/result/app-error';
import { ok, type Result } from '../../shared/result/result';
import type { Annotation, ImageStatus } from '../../shared/schema/annotation';
import type { AnnotationSet } from '../../shared/schema/change';
import type { AnnotationId, ChangeId, ProjectId } from '../../shared/schema/ids';
import { ImportedAnnotation, isKnownImportedAnnotation } from '../../shared/schema/imported-annotation';
import { readSet } from './annotation-store';
import { demand, type PersistenceContext, signature } from './context';
import { mutableCounts } from './counts';
import { guardedWrite, Refusal } from './database-error';
import { type GroupMember, type GroupState, writeGroupMembers } from './group-members';
import { imageTables, readImagesAt } from './image-rows';
import { type ImportedEntries, importedEntries, putImportedEntries, UNTOUCHED_ENTRY } from './imported-pages';
import { nextLine, nextLineOfImport, projectScope, requireHead } from './journal-lines';
import type { ImportBatchToStore, ImportBegun, ImportStart, IncomingImage, StoredImport } from './ports';
import { requireProject } from './project-face';
import { sameSchema } from './schema-change';
import type { StoredChange, StoredLabelImport } from './stored-records';

/**
 * A line of the journal holds images until it is this long: below the 64 KB from which Chromium keeps a value in a
 * file of its own (which takes several ms each), with room for what is not Latin.
 */
const LONGEST_LINE_IN_CHARS = 48_000;
const MOST_IMAGES_PER_LINE = 200;

/** The counts of the screen change with every batch; drawing them costs as much as storing some. */
const GROWTH_PACE_IN_MS = 2_000;

/** Writes the head of the import's group: from here on it can be gone on with, or taken back. */
export async function beginImport(
  context: PersistenceContext,
  projectId: ProjectId,
  start: ImportStart,
): Promise<Result<ImportBegun>> {
  const { db, notifier } = context;
  const changeId = context.newId() as ChangeId;
  const written = await guardedWrite(db, 'beginning an import', () =>
    db.transaction('rw', [db.projects, db.heads, db.changes, db.labelImports], async () => {
      demand(context, 'labels.import');
      const project = await requireProject(db, projectId);
      const head = requireHead(await db.heads.get(projectId));
      const isSchemaChanged = !sameSchema(project.schema, start.schemaAfter);
      if (isSchemaChanged && start.schemaAfter.revision <= project.schema.revision) {
        throw new Refusal(
          appError(
            'record.conflict',
            'The project’s labels were changed since this import was prepared. Prepare the import again.',
          ),
        );
      }
      const first = nextLine(head, {
        ...draftOf(context, projectId, start.label),
        id: changeId,
        imageId: null,
        groupId: null,
        targetId: null,
        body: {
          kind: 'group',
          imageCount: start.images,
          annotationCount: start.annotations,
          schema: isSchemaChanged ? [project.schema, start.schemaAfter] : null,
        },
      });
      if (isSchemaChanged) await db.projects.put({ ...project, schema: start.schemaAfter });
      const { label, rule, total, plan } = start;
      await Promise.all([
        db.changes.add(first.line),
        db.heads.put(first.head),
        db.labelImports.add({
          projectId,
          changeId,
          label,
          rule,
          labelIds: [...start.labelIds],
          total,
          plan,
          cursor: 0,
          images: 0,
          annotations: 0,
        }),
      ]);
    }),
  );
  if (!written.ok) return written;
  notifier.announce({ projectId, imageIds: [] });
  return ok({ changeId });
}

/**
 * Stores the next images of an import in one transaction with the place to go on from. Images that nobody has worked
 * on come into the journal by the hundred; each of the others as an edit of many would write it.
 */
export async function addToImport(
  context: PersistenceContext,
  projectId: ProjectId,
  changeId: ChangeId,
  batch: ImportBatchToStore,
): Promise<Result<StoredImport>> {
  const { db, notifier, pages } = context;
  const written = await guardedWrite(db, 'importing labels', () =>
    db.transaction('rw', [db.labelImports, ...imageTables(db)], async () => {
      demand(context, 'labels.import');
      const running = await db.labelImports.get([projectId, changeId]);
      if (running === undefined) throw new Refusal(takenBack());
      const head = requireHead(await db.heads.get(projectId));
      const state: GroupState = { head, counts: mutableCounts(head.counts) };
      const step = new ImportStep(context, running, state);
      const added = await step.store(batch.images);
      const next: StoredLabelImport = {
        ...running,
        cursor: batch.cursor,
        images: running.images + added.images,
        annotations: running.annotations + added.annotations,
      };
      await Promise.all([
        batch.isLast ? db.labelImports.delete([projectId, changeId]) : db.labelImports.put(next),
        db.heads.put({ ...state.head, counts: state.counts }),
      ]);
      return next;
    }),
  );
  for (const image of batch.images) pages.forget(image.imageId);
  if (!written.ok) return written;
  if (batch.isLast) notifier.announce({ projectId, imageIds: 'many' });
  else notifier.announceGrowth(projectId, GROWTH_PACE_IN_MS);
  return ok(written.value);
}

export async function unfinishedImports(
  { db }: PersistenceContext,
  projectId: ProjectId,
): Promise<readonly StoredImport[]> {
  return db.labelImports
    .where('[projectId+changeId]')
    .between([projectId, ''], [projectId, '\uffff'])
    .toArray();
}

interface Added {
  readonly images: number;
  readonly annotations: number;
}

/** One batch of an import inside its transaction. */
class ImportStep {
  readonly #context: PersistenceContext;
  readonly #running: StoredLabelImport;
  readonly #state: GroupState;
  readonly #draft;

  constructor(context: PersistenceContext, running: StoredLabelImport, state: GroupState) {
    this.#context = context;
    this.#running = running;
    this.#state = state;
    this.#draft = {
      ...draftOf(context, running.projectId, running.label),
      groupId: running.changeId,
      targetId: null,
    };
  }

  async store(images: readonly IncomingImage[]): Promise<Added> {
    const { db } = this.#context;
    const { projectId } = this.#running;
    const [entries, rows] = await Promise.all([
      importedEntries(
        db,
        projectId,
        images.map(({ ordinal }) => ordinal),
      ),
      this.#rowsAt(images.map(({ ordinal }) => ordinal)),
    ]);
    const untouched: IncomingImage[] = [];
    const touched: IncomingImage[] = [];
    const seen = new Set<number>();
    for (const image of images) {
      const isFree = !rows.has(image.ordinal) && !seen.has(image.ordinal);
      const isUnlabelled = (entries.get(image.ordinal) ?? UNTOUCHED_ENTRY).state === 'unlabelled';
      (isFree && isUnlabelled ? untouched : touched).push(image);
      seen.add(image.ordinal);
    }
    const whole = await this.#storeUntouched(untouched, entries);
    const edited = await this.#storeTouched(touched);
    return { images: whole.images + edited.images, annotations: whole.annotations + edited.annotations };
  }

  /** Which of these images have a row. Neighbours are asked for together: keys of a range are one request. */
  async #rowsAt(ordinals: readonly number[]): Promise<ReadonlySet<number>> {
    const { db } = this.#context;
    const { projectId } = this.#running;
    const from = ordinals.reduce((least, ordinal) => Math.min(least, ordinal), Number.MAX_SAFE_INTEGER);
    const to = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), -1);
    if (to - from < ordinals.length * 4) {
      const keys = await db.images
        .where('[projectId+ordinal]')
        .between([projectId, from], [projectId, to], true, true)
        .primaryKeys();
      return new Set(keys.map(([, ordinal]) => ordinal));
    }
    const rows = await db.images.bulkGet(
      ordinals.map((ordinal): [ProjectId, number] => [projectId, ordinal]),
    );
    return new Set(rows.flatMap((row) => (row === undefined ? [] : [row.ordinal])));
  }

  /** Lines that hold the images whole, and what their pages say of them. */
  async #storeUntouched(images: readonly IncomingImage[], entries: ImportedEntries): Promise<Added> {
    const { db } = this.#context;
    const { projectId, labelIds } = this.#running;
    const kept = images.filter((image) => image.text !== '' || image.isConfirmedEmpty);
    if (kept.length === 0) return { images: 0, annotations: 0 };
    const lines: StoredChange[] = [];
    const placeOf: { readonly line: number; readonly position: number }[] = [];
    for (const group of linesOf(kept)) {
      const lineImages = group.map(
        (image): ImportedLineImage => ({
          imageId: image.imageId,
          state: image.text === '' ? 'confirmedEmpty' : 'labelled',
          text: image.text,
          hash: image.hash,
        }),
      );
      const body = importedBody(labelIds, this.#context.newId() as AnnotationId, lineImages);
      const next = nextLineOfImport(this.#state.head, { ...this.#draft, id: this.#newChangeId() }, body);
      this.#state.head = next.head;
      group.forEach((_, position) => {
        placeOf.push({ line: lines.length, position });
      });
      lines.push(next.line);
    }
    const rows = await db.changes.bulkAdd(lines, { allKeys: true });
    const changed: ImportedEntries = new Map();
    const { counts } = this.#state;
    let annotations = 0;
    kept.forEach((image, index) => {
      const place = placeOf[index];
      const row = place === undefined ? undefined : rows[place.line];
      if (place === undefined || row === undefined) return;
      const before = entries.get(image.ordinal) ?? UNTOUCHED_ENTRY;
      const count = image.labelCounts.reduce((sum, [, ofLabel]) => sum + ofLabel, 0);
      const carried = image.labelCounts.flatMap(([label]) => labelIds[label] ?? []);
      changed.set(image.ordinal, {
        revision: before.revision + 1,
        state: image.text === '' ? 'confirmedEmpty' : 'labelled',
        annotationCount: count,
        labelIds: [...new Set(carried)].sort(),
        rows: [...before.rows, row],
        content: { row, position: place.position },
      });
      annotations += count;
      counts.annotations += count;
      counts.unlabelled -= 1;
      counts[image.text === '' ? 'confirmedEmpty' : 'labelled'] += 1;
      for (const [label, ofLabel] of image.labelCounts) {
        const labelId = labelIds[label];
        if (labelId !== undefined) counts.byLabel[labelId] = (counts.byLabel[labelId] ?? 0) + ofLabel;
      }
    });
    await putImportedEntries(db, projectId, entries, changed);
    return { images: kept.length, annotations };
  }

  /** Images that somebody has worked on: the rule decides, and each gets a line of its own. */
  async #storeTouched(images: readonly IncomingImage[]): Promise<Added> {
    let added: Added = { images: 0, annotations: 0 };
    // One after the other: the same image may come twice.
    for (const image of images) {
      const member = await this.#memberOf(image);
      if (member === null) continue;
      await writeGroupMembers(this.#context, this.#state, this.#draft, [member]);
      added = { images: added.images + 1, annotations: added.annotations + member.change.added.length };
    }
    return added;
  }

  async #memberOf(incoming: IncomingImage): Promise<GroupMember | null> {
    const { db } = this.#context;
    const { projectId, labelIds, rule, label } = this.#running;
    const [image] = await readImagesAt(db, projectId, [incoming.ordinal]);
    if (image?.id !== incoming.imageId) throw new Refusal(imageGone());
    const before = requireOk(await readSet(db, image));
    const { actor, at } = this.#draft;
    const annotations = importedOf(incoming.text).flatMap((one): Annotation[] => {
      const labelId = labelIds[one.label];
      const id = this.#context.newId() as AnnotationId;
      return labelId === undefined ? [] : [annotationOfImport(one, { id, labelId, by: actor, at })];
    });
    const merged = mergeIncoming(before.annotations, annotations, rule, incoming.isConfirmedEmpty);
    const status = statusAfterImport(before, merged, incoming.isConfirmedEmpty, { actor, at });
    if (merged.added.length + merged.removed.length === 0 && status === null) return null;
    const change: ChangeSet = {
      origin: 'import',
      code: this.#draft.code,
      label,
      added: merged.added,
      updated: [],
      removed: merged.removed,
      order: null,
      status,
    };
    return { image, before, change, targetId: null, hasFinding: image.hasFinding === 1 };
  }

  #newChangeId(): ChangeId {
    return this.#context.newId() as ChangeId;
  }
}

function* linesOf(images: readonly IncomingImage[]): Generator<readonly IncomingImage[]> {
  let line: IncomingImage[] = [];
  let length = 0;
  for (const image of images) {
    const isFull = length + image.text.length > LONGEST_LINE_IN_CHARS || line.length >= MOST_IMAGES_PER_LINE;
    if (isFull && line.length > 0) {
      yield line;
      line = [];
      length = 0;
    }
    line.push(image);
    length += image.text.length;
  }
  if (line.length > 0) yield line;
}

/** Imported labels are somebody's finished work; a picture that was in progress here stays so. */
function statusAfterImport(
  before: AnnotationSet,
  merged: { readonly added: readonly unknown[]; readonly removed: readonly unknown[] },
  isConfirmedEmpty: boolean,
  by: { readonly actor: string; readonly at: string },
): ChangeSet['status'] {
  const kept = before.annotations.length - merged.removed.length;
  const decided = (state: ImageStatus['state']): ChangeSet['status'] =>
    state === before.status.state ? null : [before.status, decidedStatus(state, by.actor, by.at)];
  if (kept + merged.added.length === 0) {
    if (isConfirmedEmpty) return decided('confirmedEmpty');
    return before.annotations.length > 0 ? decided('unlabelled') : null;
  }
  if (merged.added.length === 0) return null;
  return before.status.state === 'inProgress' && kept > 0 ? null : decided('labelled');
}

function importedOf(text: string): readonly ImportedAnnotation[] {
  const annotations: unknown = JSON.parse(`[${text}]`);
  if (!Array.isArray(annotations)) throw new Refusal(unsound('no list'));
  return annotations.map((value): ImportedAnnotation => {
    if (isKnownImportedAnnotation(value)) return value;
    const parsed = ImportedAnnotation.safeParse(value);
    if (parsed.success) return parsed.data;
    const place = parsed.error.issues[0];
    throw new Refusal(unsound(`${place?.path.join('.') ?? 'unknown'}: ${place?.message ?? 'invalid'}`));
  });
}

function draftOf(context: PersistenceContext, projectId: ProjectId, label: string) {
  return {
    projectId,
    scope: projectScope(projectId),
    at: context.now(),
    ...signature(context),
    origin: 'import' as const,
    code: 'labels.import',
    label,
  };
}

export function requireOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error);
}

function unsound(reason: string) {
  return appError(
    'format.malformed',
    `An imported annotation cannot be stored (${reason}). This batch was not stored; what came before it is there. Take the import back, mend the file and import it again.`,
  );
}

function takenBack() {
  return appError(
    'record.conflict',
    'This import was taken back or finished in another window, so nothing more was stored.',
  );
}

function imageGone() {
  return appError(
    'record.conflict',
    'An image that labels were meant for is not in the project any more. Prepare the import again.',
  );
}
