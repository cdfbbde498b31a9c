import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ConflictRule } from '../../shared/imports/conflict-rule';
import type { ImportDecisions } from '../../shared/imports/import-decisions';
import type { LabelImportPlan } from '../../shared/imports/plan-label-import';
import { useServices } from '../app/services';
import { compareConflicts, MOST_COMPARED } from './compare-conflicts';
import {
  type ConflictOutcome,
  figuresOf,
  type ImportFigures,
  type LabelProposal,
  outcomeOf,
  planProposal,
} from './label-proposal';

export interface ImportChoice {
  readonly decisions: ImportDecisions;
  readonly rule: ConflictRule;
  readonly plan: LabelImportPlan;
  readonly figures: ImportFigures;
  /** What happens to images that have annotations; null while it is being looked up, or when that would take too long. */
  readonly outcome: ConflictOutcome | null;
  setDecisions(decisions: ImportDecisions): void;
  setRule(rule: ConflictRule): void;
}

/** What a person has chosen so far, and what it leads to. */
export function useImportPlan(proposal: LabelProposal): ImportChoice {
  const services = useServices();
  const [decisions, setDecisions] = useState(proposal.suggested);
  const [rule, setRule] = useState<ConflictRule>('addNew');
  const [compared, setCompared] = useState<{ plan: LabelImportPlan; outcome: ConflictOutcome } | null>(null);
  const settled = useDeferredValue(decisions);
  const plan = useMemo(() => planProposal(proposal, settled), [proposal, settled]);
  const figures = useMemo(() => figuresOf(proposal, plan), [proposal, plan]);

  const incoming = figures.conflicts.reduce((sum, one) => sum + one.incoming, 0);
  const isToCompare = rule === 'addNew' && incoming > 0 && incoming <= MOST_COMPARED;
  useEffect(() => {
    if (!isToCompare) return;
    const stop = new AbortController();
    void compareConflicts(services, proposal, plan, figures.conflicts, stop.signal).then((outcome) => {
      if (outcome.ok && !stop.signal.aborted) setCompared({ plan, outcome: outcome.value });
    });
    return () => stop.abort();
  }, [services, proposal, plan, figures, isToCompare]);

  const outcome = outcomeOf(figures.conflicts, rule, compared?.plan === plan ? compared.outcome : null);
  return { decisions, rule, plan, figures, outcome, setDecisions, setRule };
}
