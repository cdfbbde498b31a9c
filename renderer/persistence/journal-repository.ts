import Dexie from 'dexie';
import { brokenLinkReason, type ChainHead, type ChangeDraft, EMPTY_CHAIN } from '../../shared/document/chain';
import { HISTORY_LIMIT } from '../../shared/document/history';
import type { Deed } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChangeRecord } from '../../shared/schema/change';
import type { AnnotationId, ChangeId, ProjectId } from '../../shared/schema/ids';
import { demand, type PersistenceContext, signature } from './context';
import { guarded, guardedWrite, Refusal } from './database-error';
import { imageTables } from './image-rows';
import { rowsAboutImage } from './imported-lines';
import { brokenChain, nextLine, parseLine, rawLine, requireHead, requireLine } from './journal-lines';
import { readStacks } from './journal-stacks';
import type { JournalRepository, UndoStep } from './ports';
import { faceOf, type ProjectFace, requireProject } from './project-face';
import { replayImage } from './rebuild-from-journal';
import { revertGroup } from './revert-group';
import { reasonAgainstSchema, sameSchema, schemaRevertedTo } from './schema-change';
import type { StoredHead, StoredProject } from './stored-records';

/** Lines checked between two reads of the database, so that a long journal is verified in little memory. */
const LINES_PER_READ = 50;

export function createJournalRepository(context: PersistenceContext): JournalRepository {
  const { db } = context;
  return {
    stacks: (scope, limit = HISTORY_LIMIT) =>
      db.transaction('r', [db.changes, db.heads, db.importedPages], () => readStacks(db, scope, limit)),
    undo: (scope) => step(context, scope, 'undo'),
    redo: (scope) => step(context, scope, 'redo'),

    async history(imageId, limit) {
      return db.transaction('r', [db.changes, db.heads, db.importedPages], async () => {
        const newestFirst = (await rowsAboutImage(db, imageId)).reverse().slice(0, limit);
        return (await db.changes.bulkGet(newestFirst)).map(requireLine);
      });
    },

    imageAt: (imageId, seq) =>
      guarded(db, 'reading the history', () =>
        db.transaction('r', [db.changes, db.heads, db.importedPages], async () => {
          const lastRevisions = new Map<AnnotationId, number>();
          const document = await replayImage(db, imageId, seq, ({ added, updated, removed }) => {
            for (const { id, revision } of [...added, ...updated.map(([, after]) => after), ...removed])
              lastRevisions.set(id, Math.max(revision, lastRevisions.get(id) ?? 0));
          });
          return { annotations: [...document.annotations.values()], lastRevisions };
        }),
      ),

    async head(projectId) {
      const head = await db.heads.get(projectId);
      return head === undefined ? null : { seq: head.seq, hash: head.hash };
    },

    async rawLines(projectId, fromSeq, limit) {
      const stored = await db.changes
        .where('[projectId+seq]')
        .between([projectId, fromSeq], [projectId, Dexie.maxKey])
        .limit(limit)
        .toArray();
      return stored.map(rawLine);
    },

    async verifyChain(projectId) {
      const walked = await guarded(db, 'checking the journal', () => verify(context, projectId));
      return walked.ok ? walked.value : walked;
    },
  };
}

/** What taking back (or doing again) asks for, as the edit itself did. */
const DEED_OF_BODY: Readonly<Record<ChangeRecord['body']['kind'], Deed>> = {
  annotations: 'annotation.edit',
  group: 'annotation.editMany',
  schema: 'schema.edit',
  project: 'project.change',
  imported: 'labels.import',
  importedState: 'labels.import',
  review: 'review.comment',
  record: 'review.setUp',
  layer: 'annotation.edit',
};

async function step(
  context: PersistenceContext,
  scope: string,
  direction: 'undo' | 'redo',
): Promise<Result<UndoStep | null>> {
  const { db, notifier } = context;
  if (scope.startsWith('image:')) {
    return err(
      appError('usage.bad-arguments', 'Edits of an image are taken back by the editor, which shows them.'),
    );
  }
  const done = await guardedWrite(db, direction === 'undo' ? 'taking back' : 'doing again', () =>
    db.transaction('rw', [db.projects, db.labelImports, ...imageTables(db)], async () => {
      const target = (await readStacks(db, scope, 1))[direction].at(-1) ?? null;
      if (target === null) return null;
      const { change } = target;
      demand(context, DEED_OF_BODY[change.body.kind]);
      const before = {
        project: await requireProject(db, change.projectId),
        head: requireHead(await db.heads.get(change.projectId)),
      };
      const draft: ChangeDraft = {
        id: context.newId() as ChangeId,
        projectId: change.projectId,
        imageId: null,
        scope,
        groupId: null,
        at: context.now(),
        ...signature(context),
        origin: direction,
        code: change.code,
        label: change.label,
        targetId: change.id,
        body: change.body,
      };
      const after =
        change.body.kind === 'group'
          ? await revertGroup(context, change, direction, draft, before)
          : await revertProject(context, change, direction, draft, before);
      await Promise.all([db.projects.put(after.project), db.heads.put(after.head)]);
      return target;
    }),
  );
  if (done.ok && done.value !== null) {
    const { change } = done.value;
    notifier.announce({
      projectId: change.projectId,
      imageIds: change.body.kind === 'group' ? 'many' : [],
    });
  }
  return done;
}

async function revertProject(
  { db, now }: PersistenceContext,
  change: ChangeRecord,
  direction: 'undo' | 'redo',
  draft: ChangeDraft,
  before: { readonly head: StoredHead; readonly project: StoredProject },
): Promise<{ readonly head: StoredHead; readonly project: StoredProject }> {
  const { project: current, head } = before;
  const write = async (project: StoredProject, body: ChangeDraft['body']) => {
    const next = nextLine(head, { ...draft, body });
    await db.changes.add(next.line);
    return { project, head: next.head };
  };
  if (change.body.kind === 'schema') {
    const { before: older, after: newer } = change.body;
    const [expected, wanted] = direction === 'undo' ? [newer, older] : [older, newer];
    if (!sameSchema(current.schema, expected)) throw new Refusal(schemaMovedOn(change));
    const schema = schemaRevertedTo(wanted, current.schema);
    const reason = reasonAgainstSchema(current.schema, schema, head.counts);
    if (reason !== null) throw new Refusal(reason);
    return write({ ...current, schema }, { kind: 'schema', before: current.schema, after: schema });
  }
  if (change.body.kind === 'project') {
    const from = direction === 'undo' ? change.body.after : change.body.before;
    const to = direction === 'undo' ? change.body.before : change.body.after;
    const project = { ...current, ...faceChange(current, from, to, now()) };
    return write(project, { kind: 'project', before: faceOf(current), after: faceOf(project) });
  }
  throw new Refusal(
    appError('usage.bad-arguments', 'Edits of an image are taken back by the editor, which shows them.'),
  );
}

/** Only what the change itself changed; a project that came into being by it goes to the bin, and comes back from it. */
function faceChange(
  current: StoredProject,
  from: ProjectFace | null,
  to: ProjectFace | null,
  at: string,
): Partial<ProjectFace> {
  if (to === null) return { deletedAt: current.deletedAt ?? at };
  if (from === null) return { deletedAt: null };
  return {
    ...(from.name === to.name ? {} : { name: to.name }),
    ...(from.archivedAt === to.archivedAt ? {} : { archivedAt: to.archivedAt }),
    ...(from.deletedAt === to.deletedAt ? {} : { deletedAt: to.deletedAt }),
  };
}

async function verify(
  { db }: PersistenceContext,
  projectId: ProjectId,
): Promise<Result<{ length: number; head: string | null }>> {
  let walked: ChainHead = EMPTY_CHAIN;
  for (;;) {
    // The head is read with the lines, so that edits made while we walk are walked too and never look like a break.
    const [lines, head] = await db.transaction('r', [db.changes, db.heads], () =>
      Promise.all([
        db.changes
          .where('[projectId+seq]')
          .between([projectId, walked.seq + 1], [projectId, Dexie.maxKey])
          .limit(LINES_PER_READ)
          .toArray(),
        db.heads.get(projectId),
      ]),
    );
    for (const line of lines) {
      const parsed = parseLine(line);
      if (!parsed.ok) return parsed;
      const reason = brokenLinkReason(walked, parsed.value);
      if (reason !== null) return err(brokenChain(line.seq, reason));
      walked = parsed.value;
    }
    if (lines.length === LINES_PER_READ) continue;
    if (head === undefined || head.seq !== walked.seq || head.hash !== walked.hash) {
      return err(
        brokenChain(walked.seq, `it ends with line ${walked.seq}, but ${head?.seq ?? 0} lines were written`),
      );
    }
    return ok({ length: walked.seq, head: walked.hash });
  }
}

function schemaMovedOn(change: ChangeRecord) {
  return appError(
    'record.conflict',
    `“${change.label}” cannot be taken back or done again by itself: the labels were changed since. Undo those changes first.`,
  );
}
