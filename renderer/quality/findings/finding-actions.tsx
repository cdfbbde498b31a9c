import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ANNOTATION_RULES } from '../../../shared/rules';
import type { Project } from '../../../shared/schema/project';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { count, plural } from '../../components/quantity';
import type { FindingFilter, ListedFinding } from '../../findings/finding-messages';
import type { ProjectFindings } from '../../findings/finding-source';
import { applyFixes, MOST_MENDED } from './apply-fixes';
import styles from './findings.module.css';
import { takeWaiverBack, waiveFinding } from './waive-finding';
import { WaiveForm } from './waive-form';

/** What can be done about the chosen finding, and about all of its rule. */
export function FindingActions(props: {
  readonly project: Project;
  readonly findings: ProjectFindings;
  readonly filter: FindingFilter;
  readonly total: number;
  readonly chosen: ListedFinding | null;
  readonly mayWaive: boolean;
  readonly onOpen: (row: ListedFinding) => void;
}) {
  const { project, findings, filter, total, chosen } = props;
  const services = useServices();
  const { rules, toasts } = services;
  const waivers = useObservable(rules.waivers);
  const [isWaiving, setIsWaiving] = useState(false);
  const chosenId = chosen?.finding.id ?? null;
  useEffect(() => {
    // Another finding is another question.
    void chosenId;
    setIsWaiving(false);
  }, [chosenId]);
  const finding = chosen?.finding ?? null;
  const fixes = finding === null || filter.isWaived ? [] : finding.fixes;

  const mendAll = async (fix: { readonly id: string; readonly label: string }) => {
    if (filter.ruleId === null) return;
    const found = await findings.fixable(filter, fix.id);
    if (!found.ok) return void toasts.show({ tone: 'error', message: found.error.message });
    await applyFixes(services, project, fix, found.value);
  };
  const waive = async (reason: string, expiresAt: string | null) => {
    if (finding !== null) await waiveFinding(services, project.id, finding, reason, expiresAt);
    setIsWaiving(false);
  };
  return (
    <div className={styles.head}>
      <div className={styles.headLine}>
        <span className={styles.headTitle} role="status">
          {filter.ruleId === null ? 'All findings' : ANNOTATION_RULES[filter.ruleId].title}
          <span className="dim"> · {plural(total, 'finding')}</span>
        </span>
        <span className={styles.actions}>
          {chosen !== null && chosen.image !== null && (
            <Button
              size="compact-xs"
              variant="default"
              title="Opens the image with the object selected (Enter)"
              onClick={() => props.onOpen(chosen)}
            >
              Open
            </Button>
          )}
          {finding !== null &&
            fixes.map((fix) => (
              <Button
                key={fix.id}
                size="compact-xs"
                variant="default"
                title="Mends the chosen finding"
                onClick={() => {
                  const [imageId] = finding.imageIds;
                  if (imageId !== undefined)
                    void applyFixes(services, project, fix, [{ id: finding.id, imageId }]);
                }}
              >
                {fix.label}
              </Button>
            ))}
          {filter.ruleId !== null &&
            total > 1 &&
            fixes.map((fix) => (
              <Button
                key={`all ${fix.id}`}
                size="compact-xs"
                title={`Mends all findings of this rule as one change that can be undone${total > MOST_MENDED ? `, ${count(MOST_MENDED)} at a time` : ''}`}
                onClick={() => void mendAll(fix)}
              >
                {fix.label}, all {count(Math.min(total, MOST_MENDED))}
              </Button>
            ))}
          {finding !== null && props.mayWaive && !filter.isWaived && (
            <Button
              size="compact-xs"
              variant="default"
              aria-expanded={isWaiving}
              onClick={() => setIsWaiving(!isWaiving)}
            >
              Waive…
            </Button>
          )}
          {finding !== null && props.mayWaive && filter.isWaived && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void takeWaiverBack(services, project.id, finding.id)}
            >
              Take the waiver back
            </Button>
          )}
        </span>
      </div>
      {filter.isWaived && finding !== null && (
        <p className={styles.reason}>Waived: {waivers.get(finding.id)?.reason ?? ''}</p>
      )}
      {isWaiving && (
        <div className={styles.asking}>
          <WaiveForm onWaive={waive} onCancel={() => setIsWaiving(false)} />
        </div>
      )}
    </div>
  );
}
