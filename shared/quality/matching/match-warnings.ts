import type { ComparableObject } from './comparable-object';
import { coveredObjects } from './covered-objects';
import { type LineOptions, lineSimilarity } from './line-similarity';
import type { ObjectMatch } from './match-objects';

export const MATCH_WARNINGS = [
  'lowOverlap',
  'attributesDiffer',
  'groupsDiffer',
  'directionReversed',
  'covered',
  'hidden',
] as const;
export type MatchWarningKind = (typeof MATCH_WARNINGS)[number];

/** What deserves a look though it is neither missing, extra nor mislabelled, and counts in no score. */
export interface MatchWarning<T> {
  readonly kind: MatchWarningKind;
  /** Null of what concerns the candidate alone (covered, hidden). */
  readonly reference: T | null;
  readonly candidate: T;
  /** Of `attributesDiffer`: ids of the attributes. Empty for the rest. */
  readonly attributes: readonly string[];
}

export interface WarningOptions extends LineOptions {
  /** Pairs that have less in common are warned of. CVAT's default. */
  readonly lowOverlap?: number | undefined;
  readonly comparesAttributes?: boolean | undefined;
  /** Ids of attributes that may differ, e.g. free text. */
  readonly ignoredAttributes?: ReadonlySet<string> | undefined;
  readonly comparesGroups?: boolean | undefined;
  /** Groups must have this share of their members in common. CVAT's default. */
  readonly minGroupMatch?: number | undefined;
  readonly comparesDirection?: boolean | undefined;
  /** A line runs the wrong way when turning it round makes it more alike by this. CVAT's default. */
  readonly minDirectionGain?: number | undefined;
  /** Off unless asked for: it cuts every outline by those above it. */
  readonly findsCovered?: boolean | undefined;
  readonly leastVisible?: number | undefined;
}

const LOW_OVERLAP = 0.8;
const MIN_GROUP_MATCH = 0.5;
const MIN_DIRECTION_GAIN = 0.1;

type Matched<T> = Pick<ObjectMatch<T>, 'pairs' | 'mislabelled'>;

export function matchWarnings<T extends ComparableObject>(
  match: Matched<T>,
  reference: readonly T[],
  candidate: readonly T[],
  options: WarningOptions,
): readonly MatchWarning<T>[] {
  const warnings: MatchWarning<T>[] = [];
  const lowOverlap = options.lowOverlap ?? LOW_OVERLAP;
  const minGain = options.minDirectionGain ?? MIN_DIRECTION_GAIN;
  for (const { reference: one, candidate: other, similarity } of match.pairs) {
    const warn = (kind: MatchWarningKind, attributes: readonly string[] = []) => {
      warnings.push({ kind, reference: one, candidate: other, attributes });
    };
    if (similarity < lowOverlap) warn('lowOverlap');
    if (options.comparesAttributes !== false && one.attributes !== other.attributes) {
      const differing = differingAttributes(one, other, options.ignoredAttributes);
      if (differing.length > 0) warn('attributesDiffer', differing);
    }
    if (
      options.comparesDirection !== false &&
      one.shape.type === 'polyline' &&
      other.shape.type === 'polyline' &&
      lineSimilarity(one.shape.points, other.shape.points, options).gainByTurning > minGain
    ) {
      warn('directionReversed');
    }
  }
  if (options.comparesGroups !== false) {
    warnings.push(...groupWarnings(match, reference, candidate, options.minGroupMatch ?? MIN_GROUP_MATCH));
  }
  const ofCandidate = (kind: MatchWarningKind) => (object: T) => {
    warnings.push({ kind, reference: null, candidate: object, attributes: [] });
  };
  candidate.filter(({ isHidden }) => isHidden === true).forEach(ofCandidate('hidden'));
  if (options.findsCovered === true) {
    coveredObjects(candidate, options.leastVisible).forEach(ofCandidate('covered'));
  }
  return warnings;
}

/** Ids of attributes whose values differ, or that one of the two does not have; in the order of their ids. */
export function differingAttributes(
  { attributes: a }: ComparableObject,
  { attributes: b }: ComparableObject,
  ignored?: ReadonlySet<string>,
): readonly string[] {
  const differing: string[] = [];
  for (const id in a) if (a[id] !== b[id] && !ignored?.has(id)) differing.push(id);
  for (const id in b) if (!(id in a) && !ignored?.has(id)) differing.push(id);
  return differing.sort();
}

/**
 * Pairs whose groups differ: one is alone and the other is not, or their groups have fewer than `least` of all their
 * members in common (Jaccard; members are the same where they are matched).
 */
function groupWarnings<T extends ComparableObject>(
  { pairs, mislabelled }: Matched<T>,
  reference: readonly T[],
  candidate: readonly T[],
  least: number,
): readonly MatchWarning<T>[] {
  const referenceGroups = groupsOf(reference);
  const candidateGroups = groupsOf(candidate);
  if (referenceGroups.size === 0 && candidateGroups.size === 0) return [];
  const partners = new Map<T, T>();
  for (const { reference: one, candidate: other } of [...pairs, ...mislabelled]) partners.set(other, one);
  return pairs.flatMap(({ reference: one, candidate: other }) => {
    const own = referenceGroups.get(one.groupId) ?? [];
    const theirs = candidateGroups.get(other.groupId) ?? [];
    if (own.length === 0 && theirs.length === 0) return [];
    const common = theirs.filter((member) => {
      const partner = partners.get(member);
      return partner !== undefined && own.includes(partner);
    }).length;
    if (common / (own.length + theirs.length - common) >= least && own.length > 0 && theirs.length > 0) {
      return [];
    }
    return [{ kind: 'groupsDiffer' as const, reference: one, candidate: other, attributes: [] }];
  });
}

/** Groups of more than one. */
function groupsOf<T extends ComparableObject>(objects: readonly T[]): ReadonlyMap<string | undefined, T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const object of objects) {
    if (object.groupId === undefined) continue;
    const members = groups.get(object.groupId);
    if (members === undefined) groups.set(object.groupId, [object]);
    else members.push(object);
  }
  for (const [id, members] of groups) if (members.length < 2) groups.delete(id);
  return groups;
}
