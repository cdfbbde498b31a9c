import type { PromiseExtended } from 'dexie';
import type { z } from 'zod';
import { canonicalJson } from '../../shared/document/canonical-json';
import type { Deed } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import { ok } from '../../shared/result/result';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import { RECORD_SCHEMAS, type RecordKind, type RecordOf } from '../../shared/schema/project-records';
import { demand, type PersistenceContext, signature } from './context';
import { guarded, guardedWrite, Refusal } from './database-error';
import { nextLine, requireHead, reviewScope } from './journal-lines';
import type { RecordPut, RecordRepository } from './ports';
import { refoldReviews } from './refold-reviews';
import { readPolicy } from './review-rows';
import type { StoredHead, StoredRecord } from './stored-records';

/** What a role must be allowed to put or remove each kind of record. */
const DEED_OF: Readonly<Record<RecordKind, Deed>> = {
  policy: 'review.setUp',
  batch: 'review.setUp',
  waiver: 'finding.waive',
  package: 'package.issue',
  conflict: 'package.merge',
  merge: 'package.merge',
  // Counts returns, which whoever did the work makes.
  receivedPackage: 'review.submit',
};

export function createRecordRepository(context: PersistenceContext): RecordRepository {
  const { db, notifier } = context;
  return {
    list: (projectId, kind, imageId) =>
      guarded(db, 'reading records', async () => {
        const rows =
          imageId === undefined
            ? await db.records
                .where('[projectId+record+id]')
                .between([projectId, kind, ''], [projectId, kind, '￿'])
                .toArray()
            : await db.records
                .where('[projectId+record+imageId]')
                .equals([projectId, kind, imageId])
                .toArray();
        return rows.map((row) => ({ id: row.id, value: recordOf(kind, row) }));
      }),

    get: (projectId, kind, id) =>
      guarded(db, 'reading a record', async () => {
        const row = await db.records.get([projectId, kind, id]);
        return row === undefined ? null : recordOf(kind, row);
      }),

    async put(projectId, puts, words) {
      const done = await guardedWrite(db, 'saving a record', () =>
        db.transaction('rw', [db.records, db.heads, db.changes, db.reviews], async () => {
          const head = requireHead(await db.heads.get(projectId));
          const before = await readPolicy(db, projectId);
          const written = await putRecords(context, head, puts, words);
          const policy = await readPolicy(db, projectId);
          // The one setting that decides what verdicts come to.
          const isRefolded = policy.reviewsNeeded !== before.reviewsNeeded;
          const { reviewCounts = {} } = written;
          await db.heads.put(
            isRefolded
              ? { ...written, reviewCounts: await refoldReviews(db, projectId, policy, reviewCounts) }
              : written,
          );
          return { isRefolded };
        }),
      );
      if (!done.ok) return done;
      notifier.announce({ projectId, imageIds: done.value.isRefolded ? 'many' : [] });
      return ok(null);
    },
  };
}

/** As `writeRecords`, for records that whoever works now must be allowed to put. */
export async function putRecords(
  context: PersistenceContext,
  head: StoredHead,
  puts: readonly RecordPut[],
  words: { readonly code: string; readonly label: string },
): Promise<StoredHead> {
  const before = await storedBefore(context, head.projectId, puts);
  puts.forEach((put, index) => {
    demand(context, isVerdictOnly(put, before[index]) ? 'review.judge' : DEED_OF[put.kind]);
  });
  return writeRecords(context, head, puts, words);
}

/** A batch that is judged, or whose verdict is taken back, and is else as it was. */
function isVerdictOnly(put: RecordPut, before: StoredRecord | undefined): boolean {
  if (put.kind !== 'batch' || put.value === null || before === undefined) return false;
  const { verdict } = recordOf('batch', before);
  return storedRecord(before.projectId, { ...put, value: { ...put.value, verdict } })?.text === before.text;
}

function storedBefore(
  { db }: PersistenceContext,
  projectId: ProjectId,
  puts: readonly RecordPut[],
): PromiseExtended<(StoredRecord | undefined)[]> {
  return db.records.bulkGet(
    puts.map(({ kind, id }): [ProjectId, RecordKind, string] => [projectId, kind, id]),
  );
}

/**
 * Puts or removes records, a line of the journal each, inside the caller's transaction, which holds records and changes.
 * @returns the head after them, for the caller to store.
 */
export async function writeRecords(
  context: PersistenceContext,
  head: StoredHead,
  puts: readonly RecordPut[],
  words: { readonly code: string; readonly label: string },
): Promise<StoredHead> {
  const { db } = context;
  const { projectId } = head;
  let last = head;
  const before = await storedBefore(context, projectId, puts);
  for (const [index, put] of puts.entries()) {
    const row = storedRecord(projectId, put);
    const next = nextLine(last, {
      id: context.newId() as ChangeId,
      projectId,
      imageId: null,
      scope: reviewScope(projectId),
      groupId: null,
      at: context.now(),
      ...signature(context),
      origin: 'person',
      code: words.code,
      label: words.label,
      targetId: null,
      body: {
        kind: 'record',
        record: put.kind,
        id: put.id,
        before: plain(before[index]),
        after: plain(row ?? undefined),
      },
    });
    last = next.head;
    await Promise.all([
      db.changes.add(next.line),
      row === null ? db.records.delete([projectId, put.kind, put.id]) : db.records.put(row),
    ]);
  }
  return last;
}

/** A record in the form that is stored; null when it is to go. Throws a refusal for one that its schema refuses. */
export function storedRecord(projectId: ProjectId, put: RecordPut): StoredRecord | null {
  if (put.value === null) return null;
  const parsed = RECORD_SCHEMAS[put.kind].safeParse(put.value);
  if (!parsed.success) {
    const place = parsed.error.issues[0];
    throw new Refusal(
      appError(
        'usage.bad-arguments',
        `This cannot be stored (${place?.path.join('.') ?? 'unknown'}: ${place?.message ?? 'invalid'}). Nothing was changed.`,
      ),
    );
  }
  return {
    projectId,
    record: put.kind,
    id: put.id,
    imageId: put.imageId ?? '',
    text: canonicalJson(parsed.data),
  };
}

export function recordOf<Kind extends RecordKind>(kind: Kind, row: StoredRecord): RecordOf<Kind> {
  // The registry pairs kind and schema; TypeScript cannot follow it through the index.
  const schema = RECORD_SCHEMAS[kind] as unknown as z.ZodType<RecordOf<Kind>>;
  const parsed = schema.safeParse(JSON.parse(row.text));
  if (parsed.success) return parsed.data;
  throw new Refusal(
    appError(
      'record.damaged',
      `A record of this project (${kind}) is damaged in the database. Nothing was overwritten; restore a backup to get it back.`,
      { id: row.id },
    ),
  );
}

function plain(row: StoredRecord | undefined): Record<string, unknown> | null {
  return row === undefined ? null : JSON.parse(row.text);
}
