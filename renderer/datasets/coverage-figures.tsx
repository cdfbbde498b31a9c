import type { ReviewCoverage, VersionReview } from '../../shared/schema/dataset-version';
import { count } from '../components/quantity';
import styles from './datasets.module.css';
import { QualityRows } from './quality-rows';

/** How far the images of a version were looked at; of a published one also what else it says of its quality. */
export function CoverageFigures(props: {
  readonly coverage: ReviewCoverage;
  readonly review?: VersionReview;
}) {
  const { accepted, reviewed, total, changedSince } = props.coverage;
  const { review } = props;
  const of = (value: number) =>
    `${count(value)} of ${count(total)}${total === 0 ? '' : ` (${Math.floor((value / total) * 100)} %)`}`;
  return (
    <table className={styles.figures} aria-label="Review">
      <tbody>
        <tr>
          <th scope="row">Accepted images</th>
          <td className="numeric">{of(accepted)}</td>
        </tr>
        <tr>
          <th scope="row">With a verdict of their own</th>
          <td className="numeric">{of(reviewed)}</td>
        </tr>
        <tr data-none={changedSince === 0 || undefined}>
          <th scope="row">Labelled otherwise since their verdict</th>
          <td className="numeric">{count(changedSince)}</td>
        </tr>
        {review !== undefined && <QualityRows agreement={review.agreement} quality={review.quality} />}
        {review?.gate != null && (
          <tr>
            <th scope="row">Published with open findings</th>
            <td>{review.gate.reason}</td>
          </tr>
        )}
        {review !== undefined && (
          <tr>
            <th scope="row">Journal</th>
            <td className="numeric">
              line {count(review.auditHead.seq)} <code>{review.auditHead.hash?.slice(0, 12) ?? ''}</code>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
