import type { ReactNode } from 'react';
import type { DetectionFigures } from '../../shared/quality/metrics/detection-figures';
import { count } from '../components/quantity';
import { Defined } from './defined';
import { coefficient, share } from './figure-words';
import styles from './quality.module.css';

export interface FigureRow extends DetectionFigures {
  readonly key: string;
}

/** Figures by whatever they are grouped by, one line each. */
export function FigureTable(props: {
  readonly title: string;
  readonly of: string;
  readonly rows: readonly FigureRow[];
  readonly nameOf: (key: string) => ReactNode;
  /** Shows the errors of a row. */
  readonly onChoose?: (key: string) => void;
  /** Said when there are no rows. */
  readonly empty: string;
}) {
  const { rows, onChoose } = props;
  return (
    <section className={styles.part} aria-label={props.title}>
      <h2>{props.title}</h2>
      {rows.length === 0 ? (
        <p className="dim">{props.empty}</p>
      ) : (
        <div className={styles.tableScroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{props.of}</th>
                <th scope="col">Truth</th>
                <th scope="col">Labelled</th>
                <th scope="col">
                  <Defined is="missing">Missing</Defined>
                </th>
                <th scope="col">
                  <Defined is="extra">Extra</Defined>
                </th>
                <th scope="col">
                  <Defined is="mislabelled">Mislabelled</Defined>
                </th>
                <th scope="col">
                  <Defined is="precision">Precision</Defined>
                </th>
                <th scope="col">
                  <Defined is="recall">Recall</Defined>
                </th>
                <th scope="col">
                  <Defined is="f1">F1</Defined>
                </th>
                <th scope="col">
                  <Defined is="accuracy">Accuracy</Defined>
                </th>
                <th scope="col">
                  <Defined is="meanSimilarity">Overlap</Defined>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    {onChoose === undefined ? (
                      props.nameOf(row.key)
                    ) : (
                      <button
                        type="button"
                        className={styles.rowButton}
                        title="Show the errors"
                        onClick={() => onChoose(row.key)}
                      >
                        {props.nameOf(row.key)}
                      </button>
                    )}
                  </th>
                  <td>{count(row.referenceCount)}</td>
                  <td>{count(row.candidateCount)}</td>
                  <td>{count(row.missing)}</td>
                  <td>{count(row.extra)}</td>
                  <td>{count(row.mislabelled)}</td>
                  <td>{share(row.precision)}</td>
                  <td>{share(row.recall)}</td>
                  <td>{share(row.f1)}</td>
                  <td>{share(row.accuracy)}</td>
                  <td>{coefficient(row.meanSimilarity)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
