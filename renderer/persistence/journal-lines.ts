import { z } from 'zod';
import { canonicalJson } from '../../shared/document/canonical-json';
import { type ChangeDraft, sealChange, sealImport } from '../../shared/document/chain';
import type { ImportedBodyToHash } from '../../shared/document/hash';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Annotation } from '../../shared/schema/annotation';
import { ChangeRecord } from '../../shared/schema/change';
import { ImageId, type ProjectId } from '../../shared/schema/ids';
import { type ImportedChangeBody, isKnownImportedAnnotation } from '../../shared/schema/imported-annotation';
import { isKnownAnnotation } from '../../shared/schema/known-annotation';
import { EMPTY_COUNTS } from '../../shared/schema/project';
import { Refusal } from './database-error';
import type { StoredChange, StoredHead } from './stored-records';

/** Scopes in which a screen takes back: one image, one project, or the start page. */
export const imageScope = (imageId: string): string => `image:${imageId}`;
export const projectScope = (projectId: string): string => `project:${projectId}`;
export const APP_SCOPE = 'app';
/** Lines that no undo of a screen reaches: what was done in review is taken back by its own deeds. */
export const reviewScope = (projectId: string): string => `review:${projectId}`;

export function emptyHead(projectId: ProjectId): StoredHead {
  return { projectId, seq: 0, hash: null, counts: EMPTY_COUNTS, stamp: 0, catalogueRevision: 0 };
}

export function requireHead(head: StoredHead | undefined): StoredHead {
  if (head !== undefined) return head;
  throw new Refusal(
    appError(
      'record.damaged',
      'The project is not in the database any more, or its journal lost its end. Nothing was changed; restore a backup from the start page.',
    ),
  );
}

/** The draft sealed as the line after `head`, in the form that is stored, and the head after it. */
export function nextLine(
  head: StoredHead,
  draft: ChangeDraft,
): { readonly line: StoredChange; readonly change: ChangeRecord; readonly head: StoredHead } {
  const change = sealChange(draft, head);
  return {
    line: storedChange(change),
    change,
    head: { ...head, seq: change.seq, hash: change.hash, stamp: head.stamp + 1 },
  };
}

export function storedChange(change: ChangeRecord): StoredChange {
  return {
    ...change,
    body: canonicalJson(change.body),
    ...(isOuter(change) ? { outerScope: change.scope } : {}),
  };
}

/** Lines of single images are found by image, a group's members by their group. */
function isOuter({ imageId, groupId, origin }: ChangeRecord): boolean {
  return imageId === null && groupId === null && origin !== 'restore';
}

/** As `nextLine`, of a line with images of an import: its body is made as text. */
export function nextLineOfImport(
  head: StoredHead,
  draft: Omit<ChangeDraft, 'body' | 'imageId'>,
  body: { readonly text: string; readonly toHash: ImportedBodyToHash },
): { readonly line: StoredChange; readonly head: StoredHead } {
  const line = { ...sealImport({ ...draft, imageId: null }, body.toHash, head), body: body.text };
  return { line, head: { ...head, seq: line.seq, hash: line.hash, stamp: head.stamp + 1 } };
}

/** A stored line as it was sealed, unchecked; a body that is no JSON stays text, which no hash agrees with. */
export function rawLine({ row: _, outerScope: __, ...line }: StoredChange): unknown {
  try {
    return { ...line, body: JSON.parse(line.body) };
  } catch {
    return line;
  }
}

/** A stored line, parsed. Error: `journal.broken-chain`, naming the line. */
export function parseLine({ row: _, outerScope: __, ...line }: StoredChange): Result<ChangeRecord> {
  let body: unknown;
  try {
    body = JSON.parse(line.body);
  } catch {
    return err(brokenChain(line.seq, `line ${line.seq} cannot be read`));
  }
  const imported = knownImportOf(body);
  if (imported !== null) body = { ...imported, images: NO_IMAGES };
  const known = knownAnnotationsOf(body);
  const parsed = ChangeRecord.safeParse({
    ...line,
    body: known === null ? body : { ...known.body, ...NONE },
  });
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error).slice(0, 300);
    return err(brokenChain(line.seq, `line ${line.seq} is damaged: ${reason}`));
  }
  const { data } = parsed;
  if (imported !== null) return ok({ ...data, body: imported });
  return ok(
    known !== null && data.body.kind === 'annotations'
      ? { ...data, body: { ...data.body, ...known.annotations } }
      : data,
  );
}

type KnownAnnotations = Pick<
  Extract<ChangeRecord['body'], { kind: 'annotations' }>,
  'added' | 'updated' | 'removed'
>;
const NONE: KnownAnnotations = { added: [], updated: [], removed: [] };

/** A body's annotations when all are sound as they stand, so that an import of thousands is not parsed one by one. */
function knownAnnotationsOf(
  body: unknown,
): { readonly body: object; readonly annotations: KnownAnnotations } | null {
  if (typeof body !== 'object' || body === null) return null;
  const { added, updated, removed } = body as Partial<Record<keyof KnownAnnotations, unknown>>;
  if (!isListOf(added, isKnownAnnotation)) return null;
  if (!isListOf(updated, isKnownPair) || !isListOf(removed, isKnownAnnotation)) return null;
  return { body, annotations: { added, updated, removed } };
}

const NO_IMAGES: ImportedChangeBody['images'] = [];

/** A body of an import when all its annotations are sound as they stand: there are a thousand in a line. */
function knownImportOf(body: unknown): ImportedChangeBody | null {
  const isSound =
    isRecord(body) &&
    body.kind === 'imported' &&
    Array.isArray(body.images) &&
    body.images.every(
      (image: unknown) =>
        isRecord(image) &&
        Object.keys(image).length === 3 &&
        ImageId.safeParse(image.id).success &&
        (image.state === 'labelled' || image.state === 'confirmedEmpty') &&
        isListOf(image.annotations, isKnownImportedAnnotation),
    );
  // What is left, labels and the first id, is parsed with the line.
  return isSound ? (body as ImportedChangeBody) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isKnownPair(value: unknown): value is [Annotation, Annotation] {
  return Array.isArray(value) && value.length === 2 && value.every(isKnownAnnotation);
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}

/** As `parseLine`, for use inside a transaction that must not go on without the line. */
export function requireLine(line: StoredChange | undefined): ChangeRecord {
  if (line === undefined) throw new Refusal(brokenChain(0, 'a line that another one names is missing'));
  const parsed = parseLine(line);
  if (!parsed.ok) throw new Refusal(parsed.error);
  return parsed.value;
}

export function brokenChain(seq: number, reason: string) {
  return appError(
    'journal.broken-chain',
    `The project's journal does not hold: ${reason}. The labels themselves are kept apart from it and were not touched. Make a backup now, and compare with an earlier one.`,
    { seq, reason },
  );
}
