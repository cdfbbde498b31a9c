import type { Annotation } from './annotation';
import { ANNOTATION_ORIGINS } from './annotation';
import { Timestamp } from './ids';
import { isKnownShape } from './shapes/known-shape';

/**
 * Whether `value`, fresh from JSON, is an annotation as it stands: true only where `Annotation` would parse it into an
 * equal record. False says nothing; ask the schema then, which also knows why. Thousands are read when an image opens,
 * and this costs a tenth of parsing them. Guarded by test/property/known-annotation.test.ts.
 */
export function isKnownAnnotation(value: unknown): value is Annotation {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return (
    isUuid(record.id) &&
    isUuid(record.labelId) &&
    isKnownShape(record.shape) &&
    hasKnownAttributes(record.attributes) &&
    typeof record.isLocked === 'boolean' &&
    typeof record.isHidden === 'boolean' &&
    typeof record.isOccluded === 'boolean' &&
    typeof record.isTruncated === 'boolean' &&
    typeof record.isCrowd === 'boolean' &&
    ORIGINS.has(record.origin) &&
    isTextOf(record.createdBy, 200) &&
    isTimestamp(record.createdAt) &&
    isTimestamp(record.updatedAt) &&
    isWholeFromZero(record.revision) &&
    keysOf(record) === REQUIRED_KEYS + knownOptionalKeys(record)
  );
}

/** All but the optional ones; what else is there makes the count differ. */
const REQUIRED_KEYS = 14;
const ORIGINS: ReadonlySet<unknown> = new Set(ANNOTATION_ORIGINS);

/** How many optional fields are there and sound. */
function knownOptionalKeys(record: Record<string, unknown>): number {
  let count = 0;
  if (typeof record.isPinned === 'boolean') count += 1;
  if (isTextOf(record.note, 2000)) count += 1;
  if (isUuid(record.groupId)) count += 1;
  if (typeof record.score === 'number' && record.score >= 0 && record.score <= 1) count += 1;
  if (isUuid(record.trackId)) count += 1;
  if (typeof record.isKeyframe === 'boolean') count += 1;
  if (typeof record.isOutside === 'boolean') count += 1;
  if (typeof record.modelId === 'string' && record.modelId.length <= 200) count += 1;
  return count;
}

export function hasKnownAttributes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const answers = value as Record<string, unknown>;
  for (const id of Object.keys(answers)) {
    const answer = answers[id];
    const isAnswer =
      typeof answer === 'boolean' ||
      (typeof answer === 'number' && Number.isFinite(answer)) ||
      (typeof answer === 'string' && answer.length <= 10_000);
    if (!isAnswer || !isUuid(id)) return false;
  }
  return true;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(value: unknown): boolean {
  return typeof value === 'string' && value.length === 36 && UUID.test(value);
}

/** As `Date.toISOString` writes it, on a day that every month has. */
const PLAIN_TIMESTAMP =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function isTimestamp(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return (value.length === 24 && PLAIN_TIMESTAMP.test(value)) || Timestamp.safeParse(value).success;
}

export function isTextOf(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= longest;
}

function isWholeFromZero(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function keysOf(record: object): number {
  let count = 0;
  for (const _ in record) count += 1;
  return count;
}
