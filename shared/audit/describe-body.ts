import { annotationDifferences } from '../document/annotation-differences';
import type { Annotation } from '../schema/annotation';
import type { ChangeRecord } from '../schema/change';
import type { LabelSchema } from '../schema/label-schema';
import type { ReviewEvent } from '../schema/review';
import { behaviourOf } from '../shapes';
import type { AuditNames } from './audit-entry';

interface BeforeAfter {
  readonly before: string | null;
  readonly after: string | null;
}

/** How things were and how they became by a line, in words as short as a table cell. */
export function describeBody({ body }: Pick<ChangeRecord, 'body'>, names: AuditNames): BeforeAfter {
  switch (body.kind) {
    case 'annotations':
      return describeAnnotations(body, names);
    case 'schema':
      return describeSchema(body.before, body.after);
    case 'project':
      return { before: describeProject(body.before), after: describeProject(body.after) };
    case 'group':
      return {
        before: null,
        after: `${counted(body.annotationCount, 'object')} in ${counted(body.imageCount, 'image')}`,
      };
    case 'imported': {
      const objects = body.images.reduce((sum, { annotations }) => sum + annotations.length, 0);
      return {
        before: null,
        after: `${counted(objects, 'object')} in ${counted(body.images.length, 'image')}`,
      };
    }
    case 'importedState':
      return {
        before: null,
        after: `labels of ${counted(body.imageIds.length, 'image')} ${body.isThere ? 'are back' : 'taken away'}`,
      };
    case 'review': {
      const [event] = body.events;
      const rest = body.events.length - 1;
      const first = event === undefined ? '' : describeReview(event);
      return { before: null, after: rest > 0 ? `${first}, and ${rest} more` : first };
    }
    case 'record':
      return {
        before: body.before === null ? null : `${body.record} ${shown(body.id)}`,
        after: body.after === null ? null : `${body.record} ${shown(body.id)}${changedFields(body)}`,
      };
    case 'layer': {
      const layer = body.after ?? body.before;
      const words = layer === null ? null : `${PURPOSE_WORDS[layer.purpose]} of ${layer.owner.name}`;
      return { before: body.before === null ? null : words, after: body.after === null ? null : words };
    }
  }
}

function describeAnnotations(
  body: Extract<ChangeRecord['body'], { kind: 'annotations' }>,
  names: AuditNames,
): BeforeAfter {
  const { added, updated, removed, status, order } = body;
  const total = added.length + updated.length + removed.length;
  const state = status === null || status[0].state === status[1].state ? null : status;
  if (total === 0) {
    if (state !== null) return { before: STATE_WORDS[state[0].state], after: STATE_WORDS[state[1].state] };
    return { before: null, after: order === null ? null : 'another drawing order' };
  }
  if (total > 1) {
    const parts = [
      added.length > 0 ? `${added.length} added` : null,
      updated.length > 0 ? `${updated.length} changed` : null,
      removed.length > 0 ? `${removed.length} removed` : null,
    ];
    return { before: null, after: parts.filter((part) => part !== null).join(', ') };
  }
  const [one] = added;
  if (one !== undefined) return { before: null, after: describeObject(one, names) };
  const [gone] = removed;
  if (gone !== undefined) return { before: describeObject(gone, names), after: null };
  const [pair] = updated;
  return pair === undefined ? { before: null, after: null } : describeUpdate(pair, names);
}

/** Only what differs, so that a moved box does not say its label twice. */
function describeUpdate([before, after]: readonly [Annotation, Annotation], names: AuditNames): BeforeAfter {
  if (annotationDifferences([before], [after]).changed.length === 0)
    return { before: null, after: 'touched' };
  const facets: [string, string][] = [];
  const add = (a: string, b: string) => {
    if (a !== b) facets.push([a, b]);
  };
  add(labelOf(before, names), labelOf(after, names));
  const [placeBefore, placeAfter] = [placeOf(before), placeOf(after)];
  if (placeBefore !== placeAfter) facets.push([placeBefore, placeAfter]);
  else if (JSON.stringify(before.shape) !== JSON.stringify(after.shape))
    facets.push([placeBefore, 'other outline']);
  add(flagsOf(before), flagsOf(after));
  add(attributesOf(before), attributesOf(after));
  add(noteOf(before), noteOf(after));
  if (facets.length === 0) return { before: null, after: 'other details' };
  return { before: facets.map(([a]) => a).join('; '), after: facets.map(([, b]) => b).join('; ') };
}

function describeObject(annotation: Annotation, names: AuditNames): string {
  return `${labelOf(annotation, names)}, ${placeOf(annotation)}`;
}

function labelOf({ labelId }: Annotation, names: AuditNames): string {
  return names.label(labelId) ?? `label ${shown(labelId)}`;
}

/** `box 120 × 80 at 14, 22`, whole image px. */
function placeOf({ shape }: Annotation): string {
  const { x, y, width, height } = behaviourOf(shape).bounds(shape);
  const [left, top, wide, high] = [x, y, width, height].map((value) => Math.round(value));
  return shape.type === 'tag' ? 'tag' : `${shape.type} ${wide} × ${high} at ${left}, ${top}`;
}

function flagsOf(annotation: Annotation): string {
  const flags = [
    annotation.isOccluded ? 'occluded' : null,
    annotation.isTruncated ? 'truncated' : null,
    annotation.isCrowd ? 'crowd' : null,
    annotation.isLocked ? 'locked' : null,
    annotation.isHidden ? 'hidden' : null,
    annotation.isPinned === true ? 'pinned' : null,
  ].filter((flag) => flag !== null);
  return flags.length === 0 ? 'no flags' : flags.join(', ');
}

function attributesOf({ attributes }: Annotation): string {
  const values = Object.values(attributes).map(String);
  return values.length === 0 ? 'no attributes' : `attributes ${values.join(', ').slice(0, 200)}`;
}

function noteOf({ note }: Annotation): string {
  return note === undefined ? 'no note' : `note “${note.slice(0, 200)}”`;
}

const STATE_WORDS = {
  unlabelled: 'unlabelled',
  inProgress: 'in progress',
  labelled: 'labelled',
  confirmedEmpty: 'confirmed empty',
} as const;

function describeSchema(before: LabelSchema, after: LabelSchema): BeforeAfter {
  const old = new Map(before.labels.map((label) => [label.id, label]));
  const added = after.labels.filter(({ id }) => !old.has(id)).map(({ name }) => name);
  const kept = new Set(after.labels.map(({ id }) => id));
  const removed = before.labels.filter(({ id }) => !kept.has(id)).map(({ name }) => name);
  const changed = after.labels.filter((label) => {
    const earlier = old.get(label.id);
    return earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(label);
  });
  const was = [...removed, ...changed.map(({ id }) => old.get(id)?.name ?? '')];
  const is = [...added, ...changed.map(({ name }) => name)];
  return { before: was.length === 0 ? null : listed(was), after: is.length === 0 ? null : listed(is) };
}

function describeProject(face: Extract<ChangeRecord['body'], { kind: 'project' }>['before']): string | null {
  if (face === null) return null;
  return `${face.name}${face.archivedAt === null ? '' : ', archived'}${face.deletedAt === null ? '' : ', in the bin'}`;
}

const VERDICT_WORDS = { accepted: 'accepted', rejected: 'rejected', fixed: 'fixed and accepted' } as const;

function describeReview(event: ReviewEvent): string {
  switch (event.kind) {
    case 'assigned':
      return event.to === null
        ? `${event.task} assigned to nobody`
        : `${event.task} assigned to ${event.to.name}`;
    case 'batched':
      return event.batchId === null ? 'out of its batch' : 'into a batch';
    case 'started':
      return 'started';
    case 'submitted':
      return `handed in with ${counted(event.seen.count, 'object')}, revision ${event.seen.revision}`;
    case 'judged':
      return `${VERDICT_WORDS[event.verdict]}, revision ${event.seen.revision}${said(event.note)}`;
    case 'batchJudged':
      return `${event.verdict} with its batch`;
    case 'reopened':
      return `given back${said(event.note)}`;
    case 'defectMarked':
      return `${event.severity} defect: ${DEFECT_WORDS[event.code]}${said(event.note)}`;
    case 'defectCleared':
      return 'defect cleared';
    case 'threadOpened':
      return `question “${event.text.slice(0, 200)}”`;
    case 'commented':
      return `comment “${event.text.slice(0, 200)}”`;
    case 'threadResolved':
      return 'question resolved';
    case 'threadReopened':
      return 'question open again';
    case 'proposed':
      return `a fix proposed${said(event.note)}`;
    case 'proposalDecided':
      return `proposal ${event.decision}${said(event.note)}`;
    case 'retracted':
      return `taken back: event ${shown(event.eventId)}`;
  }
}

const PURPOSE_WORDS = {
  groundTruth: 'ground truth',
  consensus: 'part of a consensus',
  honeypot: 'answer to a honeypot',
  proposal: 'proposal',
} as const;

const DEFECT_WORDS = {
  missing: 'missing object',
  extra: 'extra object',
  wrongLabel: 'wrong label',
  looseBox: 'loose box',
  wrongAttribute: 'wrong attribute',
  other: 'other',
} as const;

function said(note: string): string {
  return note === '' ? '' : `: “${note.slice(0, 200)}”`;
}

/** ` (reviewsNeeded, rules)`: which fields of a record are other ones. */
function changedFields({ before, after }: Extract<ChangeRecord['body'], { kind: 'record' }>): string {
  if (before === null || after === null) return '';
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return keys.length === 0 ? '' : ` (${listed(keys)})`;
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

/** The beginning of an id, which is as much as a person compares. */
function shown(id: string): string {
  return id.slice(0, 8);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
