import { z } from 'zod';
import { CHANGE_ORIGINS, type ChangeRecord } from '../schema/change';
import { Sha256 } from '../schema/ids';
import { importedAnnotationId } from '../schema/imported-annotation';
import { describeBody } from './describe-body';

/** Kinds of change as a person asks for them. */
export const AUDIT_KINDS = ['labels', 'import', 'schema', 'project', 'review', 'record', 'layer'] as const;
export const AuditKind = z.enum(AUDIT_KINDS);
export type AuditKind = z.infer<typeof AuditKind>;

/** Objects that an entry names; the count is complete. */
const MOST_OBJECTS = 100;

/** One line of the journal, flat and in plain words. */
export const AuditEntry = z.object({
  line: z.number().int().min(1),
  at: z.string(),
  who: z.string(),
  personId: z.string().nullable(),
  kind: AuditKind,
  origin: z.enum(CHANGE_ORIGINS),
  code: z.string(),
  /** What was done: `Undo: Draw Car`. */
  what: z.string(),
  /** The image, when it is one; `image` is its key where that is known. */
  imageId: z.string().nullable(),
  image: z.string().nullable(),
  images: z.number().int().min(0),
  /** The first objects by id. */
  objectIds: z.array(z.string()),
  objects: z.number().int().min(0),
  /** How it was and how it became, in words; null where there was or is nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  changeId: z.string(),
  targetId: z.string().nullable(),
  hash: Sha256,
});
export type AuditEntry = Readonly<z.infer<typeof AuditEntry>>;

/** What entries call things; null where it is not known. */
export interface AuditNames {
  image(id: string): string | null;
  label(id: string): string | null;
}

export const NO_NAMES: AuditNames = { image: () => null, label: () => null };

const KIND_OF_BODY: Readonly<Record<ChangeRecord['body']['kind'], AuditKind>> = {
  annotations: 'labels',
  group: 'labels',
  imported: 'import',
  importedState: 'import',
  schema: 'schema',
  project: 'project',
  review: 'review',
  record: 'record',
  layer: 'layer',
};

const ORIGIN_WORDS: Readonly<Partial<Record<ChangeRecord['origin'], string>>> = {
  undo: 'Undo: ',
  redo: 'Redo: ',
  restore: 'Restore: ',
};

export function auditKindOf({ body, origin }: Pick<ChangeRecord, 'body' | 'origin'>): AuditKind {
  return body.kind === 'group' && origin === 'import' ? 'import' : KIND_OF_BODY[body.kind];
}

/** What was done, for a person: the line's own words, with undo and redo said before them. */
export function deedInWords({ origin, label }: Pick<ChangeRecord, 'origin' | 'label'>): string {
  return `${ORIGIN_WORDS[origin] ?? ''}${label}`;
}

export function auditEntryOf(record: ChangeRecord, names: AuditNames = NO_NAMES): AuditEntry {
  const images = imagesOf(record);
  const [first, second] = images;
  const imageId = first !== undefined && second === undefined ? first : null;
  const objects = objectsOf(record);
  const { before, after } = describeBody(record, names);
  return {
    line: record.seq,
    at: record.at,
    who: record.actor,
    personId: record.personId ?? null,
    kind: auditKindOf(record),
    origin: record.origin,
    code: record.code,
    what: deedInWords(record),
    imageId,
    image: imageId === null ? null : names.image(imageId),
    images: record.body.kind === 'group' ? record.body.imageCount : images.length,
    objectIds: objects.slice(0, MOST_OBJECTS),
    objects: record.body.kind === 'group' ? record.body.annotationCount : objects.length,
    before,
    after,
    changeId: record.id,
    targetId: record.targetId,
    hash: record.hash,
  };
}

/** `car → truck`; of what came its form now, of what went `truck → nothing`. */
export function changeInWords({ before, after }: Pick<AuditEntry, 'before' | 'after'>): string {
  if (before === null) return after ?? '';
  return `${before} → ${after ?? 'nothing'}`;
}

/** The images that a line is about. */
export function imagesOf({ body, imageId }: Pick<ChangeRecord, 'body' | 'imageId'>): readonly string[] {
  switch (body.kind) {
    case 'imported':
      return body.images.map(({ id }) => id);
    case 'importedState':
    case 'review':
      return body.imageIds;
    case 'layer': {
      const layer = body.after ?? body.before;
      return layer === null ? [] : [layer.imageId];
    }
    default:
      return imageId === null ? [] : [imageId];
  }
}

/** The objects that a line is about, by id. */
export function objectsOf({ body }: Pick<ChangeRecord, 'body'>): readonly string[] {
  switch (body.kind) {
    case 'annotations':
      return [
        ...body.added.map(({ id }) => id),
        ...body.updated.map(([, { id }]) => id),
        ...body.removed.map(({ id }) => id),
      ];
    case 'imported': {
      const count = body.images.reduce((sum, { annotations }) => sum + annotations.length, 0);
      return Array.from({ length: count }, (_, index) => importedAnnotationId(body.firstAnnotationId, index));
    }
    case 'review':
      return body.events.flatMap((event) =>
        'annotationId' in event && event.annotationId !== null ? [event.annotationId] : [],
      );
    default:
      return [];
  }
}
