import { plural } from '../../components/quantity';
import type { ErrorFilter } from '../engine/list-errors';
import { FigureTable } from '../figure-table';
import styles from '../quality.module.css';
import type { QualityTab } from '../quality-tab';

/** Whose labels are how right, and how honeypots were answered. */
export function PeopleTab(props: QualityTab & { readonly onErrors: (filter: Partial<ErrorFilter>) => void }) {
  const { figures } = props.state;
  if (figures === null) return null;
  const { labels, honeypot } = figures.subjects;
  return (
    <div className={styles.overview}>
      <FigureTable
        title="Labels against ground truth"
        of="Person"
        rows={labels.byPerson}
        nameOf={(name) => name}
        onChoose={(person) => props.onErrors({ person, subject: 'labels' })}
        empty="No labelled image has ground truth."
      />
      <p className="dim">
        An object counts for who drew it; what is missing counts for who handed the image in, or else for who
        drew most in it.
      </p>
      <FigureTable
        title="Honeypots"
        of="Person"
        rows={honeypot.byPerson}
        nameOf={(name) => name}
        onChoose={(person) => props.onErrors({ person, subject: 'honeypot' })}
        empty="No honeypot was answered yet. Their share is set under Settings."
      />
      {honeypot.comparisons > 0 && (
        <p className="dim">
          {plural(honeypot.comparisons, 'answer')} handed in; they never touch the image’s own labels.
        </p>
      )}
    </div>
  );
}
