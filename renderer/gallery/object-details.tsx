import type { LabelSchema } from '../../shared/schema/label-schema';
import { dateAndTime, relativeTime } from '../components/relative-time';
import type { ObjectDetail } from '../objects/object-messages';
import { labelFinder, labelName, sizeWords } from './cell-words';
import styles from './gallery.module.css';

/** In one line: what the object is that one points at, where it is and who made it. */
export function ObjectDetails(props: {
  readonly schema: LabelSchema;
  readonly detail: ObjectDetail | null;
  readonly failure: string | null;
}) {
  const { detail, failure } = props;
  if (detail === null) return <div className={styles.details}>Point at an object to see what it is</div>;
  const label = labelFinder(props.schema)(detail.labelId);
  const changedAt = new Date(detail.updatedAt * 1000).toISOString();
  return (
    <div className={styles.details}>
      <strong>
        <span className={styles.swatch} style={{ background: label?.color }} aria-hidden />
        {labelName(label)}
      </strong>
      <span>{sizeWords(detail)} px</span>
      <span className={styles.name} title={detail.image.key}>
        {detail.image.key}
      </span>
      <span title={dateAndTime(changedAt)}>
        {detail.createdBy}, {relativeTime(changedAt)}
      </span>
      {detail.score !== null && <span>score {detail.score.toFixed(2)}</span>}
      {detail.isLocked && <span>locked</span>}
      {failure !== null && <span>{failure}</span>}
    </div>
  );
}
