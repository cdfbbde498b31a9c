import type { Waiver } from '../../schema/project-records';
import type { FindingFacts } from './finding';

/** Waivers by the id of what was waived. */
export type Waivers = ReadonlyMap<string, Pick<Waiver, 'reason' | 'expiresAt'>>;

/** @param now ISO 8601; a waiver that expired before counts no more. */
export function isWaived(waivers: Waivers, findingId: string, now: string): boolean {
  const waiver = waivers.get(findingId);
  return waiver !== undefined && (waiver.expiresAt === null || waiver.expiresAt > now);
}

/** Findings that nobody found right as it is. */
export function openFindings<F extends Pick<FindingFacts, 'id'>>(
  findings: readonly F[],
  waivers: Waivers,
  now: string,
): readonly F[] {
  return waivers.size === 0 ? findings : findings.filter(({ id }) => !isWaived(waivers, id, now));
}
