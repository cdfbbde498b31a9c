import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Fix } from '../../../shared/rules/annotations/annotation-rule';
import type { Finding } from '../../../shared/rules/annotations/finding';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { SeverityGlyph } from '../../components/severity-glyph';
import { waiveFinding } from '../../quality/findings/waive-finding';
import { WaiveForm } from '../../quality/findings/waive-form';
import { findingsOf } from '../findings';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './inspector.module.css';

export function useFindings(): readonly Finding[] {
  const document = useEditorValue((one) => one.document);
  const schema = useEditorValue((one) => one.schema);
  const { rules } = useServices();
  useObservable(rules.settings);
  useObservable(rules.waivers);
  return document === null ? [] : findingsOf(document, schema, rules);
}

/** Beyond this many lines nobody reads on; mending some brings up the rest. */
const MOST_SHOWN = 200;

/** What the rules say of the open image; choosing one selects and shows what it is about, a fix is an ordinary edit. */
export function FindingsPanel({ findings }: { readonly findings: readonly Finding[] }) {
  const services = useServices();
  const { editor, persistence } = services;
  const workspace = useWorkspace();
  const shownSet = useObservable(workspace.shownSet);
  const [waivingId, setWaivingId] = useState<string | null>(null);
  const role = persistence.session()?.role ?? 'labeller';
  // Of the image's own labels: what is found in another set of them holds up nothing.
  const mayWaive = isPermitted(role, 'finding.waive') && shownSet === 'own';
  if (findings.length === 0) {
    return <p className={styles.empty}>The rules have nothing to say about this image.</p>;
  }
  const show = (finding: Finding) => {
    editor.select(finding.annotationIds);
    if (finding.annotationIds.length > 0) editor.zoomToSelection();
  };
  const mend = (fix: Fix) =>
    runAction(
      services,
      { code: `fix.${fix.id}`, run: (document, _args, context) => fix.run(document, context) },
      null,
    );
  return (
    <ul className={styles.findings} aria-label="Findings">
      {findings.slice(0, MOST_SHOWN).map((finding) => (
        <li key={finding.id} className={styles.finding}>
          <span className={styles.severity} data-severity={finding.severity}>
            <SeverityGlyph severity={finding.severity} />
          </span>
          <div className={styles.findingText}>
            <UnstyledButton className={styles.findingButton} onClick={() => show(finding)}>
              <span className={styles.findingTitle}>{finding.title}</span>
              <span className={styles.detail}>{finding.message}</span>
            </UnstyledButton>
            {(finding.fixes.length > 0 || mayWaive) && (
              <div className={styles.fixes}>
                {finding.fixes.map((fix) => (
                  <Button key={fix.id} variant="default" size="compact-xs" onClick={() => mend(fix)}>
                    {fix.label}
                  </Button>
                ))}
                {mayWaive && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    title="Says why it is right as it is; it then holds up nothing"
                    aria-expanded={waivingId === finding.id}
                    onClick={() => setWaivingId(waivingId === finding.id ? null : finding.id)}
                  >
                    Waive…
                  </Button>
                )}
              </div>
            )}
            {waivingId === finding.id && (
              <div className={styles.asking}>
                <WaiveForm
                  onWaive={(reason, expiresAt) =>
                    void waiveFinding(services, workspace.project.get().id, finding, reason, expiresAt)
                  }
                  onCancel={() => setWaivingId(null)}
                />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
