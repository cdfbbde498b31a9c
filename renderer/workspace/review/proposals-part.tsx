import type { Proposal } from '../../../shared/review/fold-review';
import { useObservable } from '../../app/observable';
import { CommandTextButton } from '../../components/command-text-button';
import { relativeTime } from '../../components/relative-time';
import { SectionHeader } from '../../components/section-header';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './review.module.css';

/** Fixes that somebody proposes, each taken over or refused with one key; and the way to draw one. */
export function ProposalsPart({ proposals }: { readonly proposals: readonly Proposal[] }) {
  const workspace = useWorkspace();
  const shown = useObservable(workspace.shownSet);
  // Whether it is shown decides what its button says.
  const isCompared = useEditorValue((one) => one.session.comparison !== null);
  if (shown === 'proposal') return <Drawing />;
  // The oldest that nobody decided about is the one that keys are about.
  const next = proposals.find(({ decision }) => decision === null);
  const isReviewing = workspace.kind === 'review';
  if (proposals.length === 0 && !isReviewing) return null;
  return (
    <section className={styles.part} aria-label="Suggestions">
      <SectionHeader
        title="Suggestions"
        {...(proposals.length > 0 ? { detail: String(proposals.length) } : {})}
      >
        {isReviewing && <CommandTextButton commandId="review.suggest" words="Draw one" />}
      </SectionHeader>
      {proposals.length === 0 && (
        <p className={styles.empty}>
          A suggestion is a fix that you draw and whoever labels takes over or refuses.
        </p>
      )}
      <ul className={styles.list}>
        {proposals.map((proposal) => (
          <li key={proposal.layerId} className={styles.row}>
            <span>
              {proposal.by.name} <span className={styles.detail}>{relativeTime(proposal.at)}</span>
            </span>
            {proposal.note !== '' && <p className={styles.quote}>{proposal.note}</p>}
            {proposal.decision !== null && <Decided decision={proposal.decision} />}
            {proposal === next && (
              <div className={styles.choices}>
                <CommandTextButton commandId="review.acceptProposal" words="Take over" isMain isWide />
                <CommandTextButton commandId="review.refuseProposal" words="Refuse" isWide />
                <CommandTextButton
                  commandId="review.compareProposal"
                  words={isCompared ? 'Hide' : 'See'}
                  isWide
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decided({ decision }: { readonly decision: NonNullable<Proposal['decision']> }) {
  return (
    <p className={styles.detail}>
      {decision.kind === 'accepted' ? 'Taken over' : 'Refused'} by {decision.by.name},{' '}
      {relativeTime(decision.at)}
      {decision.note !== '' && `: ${decision.note}`}
    </p>
  );
}

function Drawing() {
  return (
    <section className={styles.part} aria-label="Suggestions">
      <SectionHeader title="Your suggestion" />
      <p className={styles.empty}>
        Change the labels as they should be. The image’s own labels stay as they are until whoever labels it
        takes this over.
      </p>
      <div className={styles.buttons}>
        <CommandTextButton commandId="review.propose" words="Propose" isMain />
        <CommandTextButton commandId="review.discardSuggestion" words="Discard" />
      </div>
    </section>
  );
}
