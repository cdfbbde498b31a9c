import type { RuleId } from '../../shared/rules';
import type { Finding, FindingFacts } from '../../shared/rules/annotations/finding';
import { isWaived, type Waivers } from '../../shared/rules/annotations/waived';
import type { CheckedFinding, Counts, FindingFilter, RuleCount } from './finding-messages';

type Kept = Omit<CheckedFinding, 'isWaived'>;

/** All findings of a project: by image, so that an edit replaces those of its image, and by rule for those of the whole. */
export interface FindingStore {
  putImage(ordinal: number, findings: readonly Finding[]): void;
  putDataset(ruleId: RuleId, findings: readonly FindingFacts[]): void;
  clear(): void;
  setWaivers(waivers: Waivers): void;
  counts(): Counts;
  /** In order of images, those of the project last. Kept until something changes. */
  list(filter: FindingFilter): readonly CheckedFinding[];
}

const NO_FIXES: CheckedFinding['fixes'] = [];

export function createFindingStore(now: () => string): FindingStore {
  const byImage = new Map<number, readonly Kept[]>();
  const byRule = new Map<RuleId, readonly Kept[]>();
  /** Of findings of images, waived or not, so that progress is told without going over all. */
  const ofImages = new Map<RuleId, number>();
  let waivers: Waivers = new Map();
  let lists = new Map<string, readonly CheckedFinding[]>();
  let order: readonly number[] | null = null;

  function count(findings: readonly Kept[], step: 1 | -1): void {
    for (const { ruleId } of findings) ofImages.set(ruleId, (ofImages.get(ruleId) ?? 0) + step);
  }

  function* all(ruleId: RuleId | null): Generator<Kept> {
    order ??= [...byImage.keys()].sort((a, b) => a - b);
    for (const ordinal of order) {
      for (const finding of byImage.get(ordinal) ?? []) {
        if (ruleId === null || finding.ruleId === ruleId) yield finding;
      }
    }
    for (const [id, findings] of byRule) if (ruleId === null || id === ruleId) yield* findings;
  }

  return {
    putImage(ordinal, findings) {
      const before = byImage.get(ordinal);
      if (before !== undefined) count(before, -1);
      if (findings.length === 0) {
        if (before === undefined) return;
        byImage.delete(ordinal);
      } else {
        const kept = findings.map(({ title: _, fixes, ...facts }) => ({
          ...facts,
          fixes: fixes.length === 0 ? NO_FIXES : fixes.map(({ id, label }) => ({ id, label })),
        }));
        byImage.set(ordinal, kept);
        count(kept, 1);
      }
      order = null;
      lists = new Map();
    },
    putDataset(ruleId, findings) {
      byRule.set(
        ruleId,
        findings.map((facts) => ({ ...facts, fixes: NO_FIXES })),
      );
      lists = new Map();
    },
    clear() {
      byImage.clear();
      byRule.clear();
      ofImages.clear();
      order = null;
      lists = new Map();
    },
    setWaivers(next) {
      waivers = next;
      lists = new Map();
    },
    counts() {
      const totals = new Map<RuleId, number>(ofImages);
      for (const [ruleId, { length }] of byRule) totals.set(ruleId, (totals.get(ruleId) ?? 0) + length);
      const waived = new Map<RuleId, number>();
      if (waivers.size > 0) {
        const at = now();
        for (const { id, ruleId } of all(null)) {
          if (isWaived(waivers, id, at)) waived.set(ruleId, (waived.get(ruleId) ?? 0) + 1);
        }
      }
      const counts: Partial<Record<RuleId, RuleCount>> = {};
      for (const [ruleId, total] of totals) {
        const ofThem = waived.get(ruleId) ?? 0;
        counts[ruleId] = { open: total - ofThem, waived: ofThem };
      }
      return counts;
    },
    list({ ruleId, isWaived: wantsWaived }) {
      const key = `${ruleId ?? ''} ${wantsWaived}`;
      const known = lists.get(key);
      if (known !== undefined) return known;
      const at = now();
      const found: CheckedFinding[] = [];
      for (const finding of all(ruleId)) {
        if (isWaived(waivers, finding.id, at) === wantsWaived)
          found.push({ ...finding, isWaived: wantsWaived });
      }
      lists.set(key, found);
      return found;
    },
  };
}
