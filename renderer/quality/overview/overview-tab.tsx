import { plural } from '../../components/quantity';
import { Defined } from '../defined';
import type { ErrorFilter } from '../engine/list-errors';
import { ERROR_KINDS } from '../engine/list-errors';
import { FigureTable } from '../figure-table';
import { share } from '../figure-words';
import styles from '../quality.module.css';
import type { QualityTab } from '../quality-tab';
import { ConfusionMatrixChart } from './confusion-matrix';
import { DayChart } from './day-chart';
import { PrecisionPart } from './precision-part';
import { TargetFigure } from './target-figure';

/** The image's own labels against ground truth: all in one, then by label, attribute, batch and day. */
export function OverviewTab(
  props: QualityTab & { readonly onErrors: (filter: Partial<ErrorFilter>) => void },
) {
  const { state, policy, nameOf, batchName, onErrors } = props;
  const { figures, quality } = state;
  if (figures === null) return null;
  const { labels } = figures.subjects;
  const { target } = policy.quality;
  const places = new Map<string, number>(props.project.schema.labels.map(({ id }, place) => [id, place]));
  const placeOf = (labelId: string) => places.get(labelId) ?? places.size;
  return (
    <div className={styles.overview}>
      <p className={styles.line}>
        <strong>{plural(labels.comparisons, 'image')} compared with ground truth.</strong>
        <span className="dim">
          {figures.waiting > 0 && `${plural(figures.waiting, 'image')} with ground truth not labelled yet. `}
          {figures.damaged > 0 && `${plural(figures.damaged, 'image')} could not be read in full. `}
        </span>
      </p>
      <TargetFigure figures={labels.overall} low={labels.low} target={target} />
      <div className={styles.confusion}>
        <section className={styles.part} aria-label="Confusion">
          <h2>Confusion</h2>
          <ConfusionMatrixChart
            matrix={labels.confusion}
            nameOf={nameOf}
            placeOf={placeOf}
            onChoose={(cell) => onErrors({ cell, kinds: ERROR_KINDS })}
          />
        </section>
        <div className={styles.column}>
          <FigureTable
            title="By label"
            of="Label"
            rows={labels.byLabel
              .map((row) => ({ ...row, key: row.labelId }))
              .sort((a, b) => placeOf(a.key) - placeOf(b.key))}
            nameOf={nameOf}
            onChoose={(labelId) => onErrors({ labelId: labelId as ErrorFilter['labelId'] })}
            empty="Nothing was labelled."
          />
          <section className={styles.part} aria-label="By attribute">
            <h2>By attribute</h2>
            {labels.byAttribute.length === 0 ? (
              <p className="dim">No right pair has an attribute.</p>
            ) : (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Attribute</th>
                    <th scope="col">Compared</th>
                    <th scope="col">
                      <Defined is="attribute">Same value</Defined>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {labels.byAttribute.map((row) => (
                    <tr key={row.attributeId}>
                      <th scope="row">{props.attributeName(row.attributeId)}</th>
                      <td>{row.compared}</td>
                      <td>{share(row.accuracy)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        </div>
      </div>
      <section className={styles.part} aria-label="By day">
        <DayChart days={labels.byDay} metric={target.metric} least={target.least} />
        <FigureTable
          title="By day of the last change"
          of="Day"
          rows={labels.byDay}
          nameOf={(day) => day}
          empty="Nothing was labelled."
        />
      </section>
      {labels.byBatch.some(({ key }) => key !== '') && (
        <FigureTable
          title="By batch"
          of="Batch"
          rows={labels.byBatch}
          nameOf={batchName}
          empty="Nothing was labelled."
        />
      )}
      <PrecisionPart quality={quality} figures={figures} nameOf={nameOf} />
    </div>
  );
}
