import { useObservable } from '../../app/observable';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { ComparePart } from './compare-part';
import { DefectsPart } from './defects-part';
import { ProposalsPart } from './proposals-part';
import styles from './review.module.css';
import { StandingPart } from './standing-part';
import { ThreadsPart } from './threads-part';
import { useOpenReview } from './use-open-review';
import { VerdictPart } from './verdict-part';

/** All that is said of the open image in its review, and the words that one can add. */
export function ReviewPanel() {
  const workspace = useWorkspace();
  const { review, policy } = useOpenReview();
  // What follows is not shown here, but decides which buttons are available.
  useObservable(workspace.shownSet);
  useEditorValue((one) => one.document);
  useEditorValue((one) => one.session.chosenPin);
  useEditorValue((one) => one.session.readOnlyReason);
  if (review === null) return <p className={styles.empty}>No image is open.</p>;
  return (
    <div className={styles.panel}>
      <StandingPart review={review} policy={policy} />
      <VerdictPart stage={review.stage} />
      <DefectsPart defects={review.defects} />
      <ProposalsPart proposals={review.proposals} />
      <ThreadsPart threads={review.threads} />
      <ComparePart review={review} />
    </div>
  );
}
