import type { ChangeRecord } from '../schema/change';
import { type AuditKind, auditKindOf, imagesOf, objectsOf } from './audit-entry';

/** What of a journal is asked for; what is absent does not limit. */
export interface AuditFilter {
  /** A name as it stands in the lines, or the id of a profile; case does not count. */
  readonly person?: string;
  /** Id of an annotation. */
  readonly objectId?: string;
  readonly imageId?: string;
  /** From this moment on, ISO 8601. */
  readonly since?: string;
  /** Up to but not including this moment, ISO 8601. */
  readonly until?: string;
  readonly kind?: AuditKind;
}

/** O(objects of the line) at worst. */
export function matchesAuditFilter(record: ChangeRecord, filter: AuditFilter): boolean {
  const { person, objectId, imageId, since, until, kind } = filter;
  if (person !== undefined && !isBy(record, person)) return false;
  const at = Date.parse(record.at);
  if (since !== undefined && at < Date.parse(since)) return false;
  if (until !== undefined && at >= Date.parse(until)) return false;
  if (kind !== undefined && auditKindOf(record) !== kind) return false;
  if (imageId !== undefined && !imagesOf(record).includes(imageId)) return false;
  return objectId === undefined || objectsOf(record).includes(objectId);
}

function isBy({ actor, personId }: Pick<ChangeRecord, 'actor' | 'personId'>, person: string): boolean {
  const wanted = person.trim().toLowerCase();
  return actor.toLowerCase() === wanted || personId === wanted;
}
