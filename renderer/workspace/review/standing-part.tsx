import type { ImageReview, Judgement } from '../../../shared/review/fold-review';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { count, plural } from '../../components/quantity';
import { relativeTime } from '../../components/relative-time';
import styles from './review.module.css';
import { STANDING_WORDS, standingOf, VERDICT_WORDS } from './review-words';

/** Where the open image stands, who handed it in, and what was said of it last. */
export function StandingPart(props: { readonly review: ImageReview; readonly policy: ReviewPolicy }) {
  const { review, policy } = props;
  const standing = standingOf(review);
  const { submitted, lastJudgement, labeller, reviewer, rounds, judgements } = review;
  const acceptances = judgements.filter(({ verdict }) => verdict !== 'rejected').length;
  return (
    <section className={styles.standing} aria-label="Where the image stands">
      <div className={styles.standingLine}>
        <span className={styles.standingWord} data-standing={standing}>
          {STANDING_WORDS[standing]}
        </span>
        <span className={styles.gap} />
        {rounds > 1 && <span className={styles.detail}>round {count(rounds)}</span>}
      </div>
      {submitted !== null && (
        <p className={styles.detail}>
          Handed in by {submitted.by.name}, {relativeTime(submitted.at)}, with{' '}
          {plural(submitted.seen.count, 'object')}
        </p>
      )}
      {submitted === null && labeller !== null && (
        <p className={styles.detail}>To be labelled by {labeller.name}</p>
      )}
      {reviewer !== null && <p className={styles.detail}>To be reviewed by {reviewer.name}</p>}
      {policy.reviewsNeeded > 1 && review.stage === 'review' && (
        <p className={styles.detail}>
          {count(acceptances)} of {plural(policy.reviewsNeeded, 'acceptance')} so far
        </p>
      )}
      {lastJudgement !== null && <LastWord judgement={lastJudgement} />}
    </section>
  );
}

function LastWord({ judgement }: { readonly judgement: Judgement }) {
  const { verdict, by, at, note } = judgement;
  return (
    <>
      <p className={styles.detail}>
        {VERDICT_WORDS[verdict]} by {by.name}, {relativeTime(at)}
      </p>
      {note !== '' && <p className={`${styles.quote} selectable`}>{note}</p>}
    </>
  );
}
