import { UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { DEFECT_CODES, type DefectCode } from '../../../shared/schema/review';
import { useServices } from '../../app/services';
import { Keys } from '../../components/keys';
import { markDefect } from '../review/defects';
import { DEFAULT_SEVERITY, DEFECT_WORDS, SEVERITY_WORDS, whereOf } from '../review/review-words';
import { targetOfRemark } from '../review/target-of-remark';
import { useWorkspace } from '../workspace-context';
import styles from './questions.module.css';

/** What is wrong with the selected object, or at the place under the pointer; a digit chooses and is done. */
export function DefectForm({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const workspace = useWorkspace();
  // What was selected or pointed at when it was asked for.
  const [target] = useState(() => targetOfRemark(services.editor));
  const choose = (code: DefectCode) => {
    onClose();
    void markDefect(workspace, code, target);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className={styles.form}>
      <p className={styles.title}>What is wrong with {whereOf(target)}?</p>
      <div role="menu" tabIndex={-1} aria-label="Kinds of defects" onKeyDown={onKeyDown}>
        {DEFECT_CODES.map((code, index) => (
          <UnstyledButton
            key={code}
            className={styles.option}
            role="menuitem"
            data-autofocus={index === 0 || undefined}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => choose(code)}
          >
            <Keys text={String(index + 1)} />
            <span className={styles.optionText}>{DEFECT_WORDS[code]}</span>
            <span className={styles.detail}>{SEVERITY_WORDS[DEFAULT_SEVERITY[code]]}</span>
          </UnstyledButton>
        ))}
      </div>
      <p className={styles.detail}>How grave it is can be changed in the review panel.</p>
    </div>
  );
}
