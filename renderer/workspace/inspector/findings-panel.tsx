import { Button, UnstyledButton } from '@mantine/core';
import type { Fix } from '../../../shared/rules/annotations/annotation-rule';
import type { Finding } from '../../../shared/rules/annotations/finding';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { SeverityGlyph } from '../../components/severity-glyph';
import { findingsOf } from '../findings';
import { useEditorValue } from '../use-editor-value';
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
  const { editor } = services;
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
            {finding.fixes.length > 0 && (
              <div className={styles.fixes}>
                {finding.fixes.map((fix) => (
                  <Button key={fix.id} variant="default" size="compact-xs" onClick={() => mend(fix)}>
                    {fix.label}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
