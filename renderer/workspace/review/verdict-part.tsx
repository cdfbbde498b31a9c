import { CommandTextButton } from '../../components/command-text-button';
import { useWorkspace } from '../workspace-context';
import styles from './review.module.css';

/** The three words of a reviewer, each with one key; on the label screen the one of whoever labels. */
export function VerdictPart({ stage }: { readonly stage: 'annotation' | 'review' | 'accepted' }) {
  const { kind } = useWorkspace();
  if (kind === 'label') {
    if (stage !== 'annotation') return null;
    return (
      <div className={styles.buttons}>
        <CommandTextButton commandId="image.markLabelled" words="Hand in and go on" isMain />
      </div>
    );
  }
  if (stage === 'annotation') return null;
  if (stage === 'accepted') {
    return (
      <div className={styles.buttons}>
        <CommandTextButton commandId="review.reopen" words="Reopen" />
      </div>
    );
  }
  return (
    <fieldset className={styles.verdicts} aria-label="Verdict">
      <CommandTextButton commandId="review.accept" words="Accept" isMain isWide />
      <CommandTextButton commandId="review.fix" words="Mended" isWide />
      <CommandTextButton commandId="review.reject" words="Give back" isWide />
    </fieldset>
  );
}
