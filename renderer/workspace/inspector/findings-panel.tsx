import { UnstyledButton } from '@mantine/core';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useServices } from '../../app/services';
import { useEditorValue } from '../use-editor-value';
import { type Finding, findingsOf } from './findings';
import styles from './inspector.module.css';

export function useFindings(): readonly Finding[] {
  const document = useEditorValue((one) => one.document);
  const schema = useEditorValue((one) => one.schema);
  return document === null ? [] : findingsOf(document, schema);
}

/** What the rules say of the open image; choosing one selects and shows what it is about. */
export function FindingsPanel({ findings }: { readonly findings: readonly Finding[] }) {
  const { editor } = useServices();
  if (findings.length === 0)
    return <p className={styles.empty}>The rules have nothing to say about this image.</p>;
  return (
    <ul className={styles.findings} aria-label="Findings">
      {findings.map((finding) => (
        <li key={finding.id}>
          <UnstyledButton
            className={styles.finding}
            onClick={() => {
              editor.select(finding.annotationIds);
              if (finding.annotationIds.length > 0) editor.zoomToSelection();
            }}
          >
            <span className={styles.severity} data-severity={finding.severity}>
              {finding.severity === 'error' ? (
                <CircleAlert size={16} role="img" aria-label="Error" />
              ) : (
                <TriangleAlert size={16} role="img" aria-label="Warning" />
              )}
            </span>
            <span>{finding.message}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
