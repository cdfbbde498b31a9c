import { UnstyledButton } from '@mantine/core';
import { ANNOTATION_RULES, type RuleId } from '../../../shared/rules';
import type { RuleSettings } from '../../../shared/rules/annotations/finding';
import { SEVERITIES, severityFor } from '../../../shared/rules/rule';
import { count } from '../../components/quantity';
import { SeverityGlyph } from '../../components/severity-glyph';
import type { Counts } from '../../findings/finding-messages';
import styles from './findings.module.css';

/** All rules, those that found something first: the gravest, then the most frequent. Null chooses all of them. */
export function RuleList(props: {
  readonly counts: Counts;
  readonly settings: RuleSettings;
  readonly showsWaived: boolean;
  readonly chosen: RuleId | null;
  readonly onChoose: (ruleId: RuleId | null) => void;
}) {
  const { counts, settings, showsWaived, chosen } = props;
  const rows = (Object.keys(ANNOTATION_RULES) as RuleId[]).map((ruleId) => ({
    ruleId,
    rule: ANNOTATION_RULES[ruleId],
    severity: severityFor(ANNOTATION_RULES[ruleId], settings[ruleId]),
    isOff: settings[ruleId] === null,
    found: counts[ruleId]?.[showsWaived ? 'waived' : 'open'] ?? 0,
  }));
  rows.sort(
    (a, b) =>
      Number(b.found > 0) - Number(a.found > 0) ||
      Number(a.isOff) - Number(b.isOff) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.found - a.found ||
      a.rule.title.localeCompare(b.rule.title),
  );
  const total = rows.reduce((sum, { found }) => sum + found, 0);
  return (
    <nav className={styles.rules} aria-label="Rules">
      <UnstyledButton
        className={styles.rule}
        aria-current={chosen === null}
        onClick={() => props.onChoose(null)}
      >
        <span className={styles.ruleTitle}>All findings</span>
        <span className="numeric">{count(total)}</span>
      </UnstyledButton>
      {rows.map(({ ruleId, rule, severity, isOff, found }) => (
        <UnstyledButton
          key={ruleId}
          className={styles.rule}
          aria-current={chosen === ruleId}
          data-quiet={found === 0 || undefined}
          onClick={() => props.onChoose(ruleId)}
        >
          <span className={styles.severity} data-severity={found === 0 ? undefined : severity}>
            <SeverityGlyph severity={severity} />
          </span>
          <span className={styles.ruleTitle}>{rule.title}</span>
          <span className="numeric">{isOff ? 'off' : count(found)}</span>
        </UnstyledButton>
      ))}
    </nav>
  );
}
