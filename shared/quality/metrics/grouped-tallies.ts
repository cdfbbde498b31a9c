import type { MatchContribution } from './match-contribution';
import { createMatchTally, type MatchTally, type MatchTotals } from './match-tally';

/** Tallies by whatever the caller groups pictures by: the person who labelled them, their batch, the day. */
export interface GroupedTallies {
  add(groups: Iterable<string>, contribution: MatchContribution): void;
  subtract(groups: Iterable<string>, contribution: MatchContribution): void;
  /** Groups that have a picture, in order. */
  groups(): readonly string[];
  totalsOf(group: string): MatchTotals;
}

export function createGroupedTallies(): GroupedTallies {
  const tallies = new Map<string, MatchTally>();
  return {
    add(groups, contribution) {
      for (const group of groups) {
        const tally = tallies.get(group) ?? createMatchTally();
        tallies.set(group, tally);
        tally.add(contribution);
      }
    },
    subtract(groups, contribution) {
      for (const group of groups) {
        const tally = tallies.get(group);
        tally?.subtract(contribution);
        if (tally?.images() === 0) tallies.delete(group);
      }
    },
    groups: () => [...tallies.keys()].sort(),
    totalsOf: (group) => (tallies.get(group) ?? createMatchTally()).totals(),
  };
}
