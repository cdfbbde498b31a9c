import { Button, Textarea } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { ANNOTATION_RULES, type RuleId } from '../../shared/rules';
import type { RuleSettings } from '../../shared/rules/annotations/finding';
import { type Severity, severityFor } from '../../shared/rules/rule';
import type { Project } from '../../shared/schema/project';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { plural } from '../components/quantity';
import { SeverityGlyph } from '../components/severity-glyph';
import type { Counts } from '../findings/finding-messages';
import { useProjectFindings } from '../quality/findings/use-project-findings';
import styles from './datasets.module.css';

/** What the rules say of a project before it is published. */
export interface PublishGate {
  /** Null while rules are still asked, or when they could not be. */
  readonly open: Readonly<Record<Severity, number>> | null;
  /** Why the rules could not be asked; null when they could or are about to be. */
  readonly failure: string | null;
}

/** Checks a project for as long as the form is there. */
export function usePublishGate(project: Project): PublishGate {
  const { open } = useProjectFindings(project);
  const settings = useObservable(useServices().rules.settings);
  const status = open?.status ?? null;
  if (status?.kind === 'failed') return { open: null, failure: status.error.message };
  if (status?.kind !== 'ready') return { open: null, failure: null };
  return { open: openBySeverity(status.counts, settings), failure: null };
}

function openBySeverity(counts: Counts, settings: RuleSettings): Readonly<Record<Severity, number>> {
  const open = { error: 0, warning: 0, info: 0 };
  for (const [ruleId, { open: found }] of Object.entries(counts) as [RuleId, { open: number }][]) {
    open[severityFor(ANNOTATION_RULES[ruleId], settings[ruleId])] += found;
  }
  return open;
}

/** Open errors hold up publishing until they are mended or waived, or somebody says why not. */
export function needsReason({ open, failure }: PublishGate): boolean {
  return failure !== null || (open?.error ?? 0) > 0;
}

/** What stands in the way as a sentence; null when nothing does. */
export function gateObstacle(gate: PublishGate, reason: string): string | null {
  if (gate.open === null && gate.failure === null) return 'Checking the labels…';
  if (!needsReason(gate) || reason.trim() !== '') return null;
  return gate.open === null
    ? 'The labels could not be checked. Say why you publish anyway.'
    : `${plural(gate.open.error, 'error')} in the labels. Mend or waive them, or say why you publish anyway.`;
}

export function PublishGateView(props: {
  readonly gate: PublishGate;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}) {
  const { gate } = props;
  const { navigation } = useServices();
  if (gate.open === null && gate.failure === null) return null;
  const { error = 0, warning = 0, info = 0 } = gate.open ?? {};
  const words = [
    error > 0 && plural(error, 'error'),
    warning > 0 && plural(warning, 'warning'),
    info > 0 && plural(info, 'remark'),
  ].filter((word) => word !== false);
  if (words.length === 0 && gate.failure === null) return null;
  return (
    <section aria-label="What the rules say" className={styles.gate}>
      <p className={styles.gateLine} data-severity={error > 0 || gate.failure !== null ? 'error' : 'warning'}>
        {gate.failure === null ? (
          <SeverityGlyph severity={error > 0 ? 'error' : warning > 0 ? 'warning' : 'info'} />
        ) : (
          <CircleAlert size={16} aria-hidden />
        )}
        <span>{gate.failure ?? `The rules found ${words.join(', ')}.`}</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => navigation.go({ screen: 'quality', tab: 'findings' })}
        >
          Show findings
        </Button>
      </p>
      {needsReason(gate) && (
        <Textarea
          size="xs"
          label="Publish anyway, because"
          description="Stands in the version for everybody who uses it."
          autosize
          minRows={1}
          maxRows={4}
          maxLength={2000}
          value={props.reason}
          onChange={(event) => props.onReason(event.currentTarget.value)}
        />
      )}
    </section>
  );
}
