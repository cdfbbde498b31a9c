import { ActionIcon, Select, UnstyledButton } from '@mantine/core';
import { X } from 'lucide-react';
import { isPermitted } from '../../../shared/people/permissions';
import type { Defect } from '../../../shared/review/fold-review';
import { SEVERITIES, type Severity } from '../../../shared/schema/review';
import { useServices } from '../../app/services';
import { CommandTextButton } from '../../components/command-text-button';
import { SectionHeader } from '../../components/section-header';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { clearDefect, weighDefect } from './defects';
import { showRemark } from './go-to-remark';
import styles from './review.module.css';
import { DEFECT_WORDS, SEVERITY_WORDS } from './review-words';
import { useWhere } from './use-where';

/** What is wrong with the image, as a reviewer marked it; choosing one looks at it. */
export function DefectsPart({ defects }: { readonly defects: readonly Defect[] }) {
  const { persistence } = useServices();
  const workspace = useWorkspace();
  const session = persistence.session();
  const mayMark = session !== null && isPermitted(session.role, 'review.markDefect');
  return (
    <section className={styles.part} aria-label="Defects">
      <SectionHeader title="Defects" {...(defects.length > 0 ? { detail: String(defects.length) } : {})}>
        {workspace.kind === 'review' && mayMark && (
          <CommandTextButton commandId="review.markDefect" words="Mark" />
        )}
      </SectionHeader>
      {defects.length === 0 && <p className={styles.empty}>None is marked.</p>}
      <ol className={styles.list}>
        {defects.map((defect, index) => (
          <DefectRow key={defect.id} defect={defect} number={index + 1} mayMark={mayMark} />
        ))}
      </ol>
    </section>
  );
}

function DefectRow(props: { readonly defect: Defect; readonly number: number; readonly mayMark: boolean }) {
  const { defect, number, mayMark } = props;
  const services = useServices();
  const workspace = useWorkspace();
  const chosen = useEditorValue((one) => one.session.chosenPin);
  const where = useWhere(defect);
  const words = DEFECT_WORDS[defect.code];
  return (
    <li className={styles.row} data-chosen={chosen === defect.id || undefined}>
      <div className={styles.rowLine}>
        <UnstyledButton
          className={styles.rowButton}
          aria-pressed={chosen === defect.id}
          onClick={() => showRemark(services, defect)}
        >
          <span className={styles.number} data-kind="defect">
            {number}
          </span>
          <span className={styles.rowWords}>
            <span>{words}</span>
            <span className={styles.detail}>{where}</span>
          </span>
        </UnstyledButton>
        {mayMark ? (
          <>
            <Select
              className={styles.severity ?? ''}
              size="xs"
              aria-label={`How grave defect ${number} is`}
              allowDeselect={false}
              data={SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
              value={defect.severity}
              onChange={(value) => {
                if (value !== null) void weighDefect(workspace, defect, value as Severity);
              }}
            />
            <ActionIcon
              size="sm"
              aria-label={`Clear defect ${number}: ${words}`}
              onClick={() => void clearDefect(workspace, defect)}
            >
              <X size={12} />
            </ActionIcon>
          </>
        ) : (
          <span className={styles.detail}>{SEVERITY_WORDS[defect.severity]}</span>
        )}
      </div>
      {defect.note !== '' && <p className={styles.quote}>{defect.note}</p>}
    </li>
  );
}
