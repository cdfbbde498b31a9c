import type { DetectionFigures } from '../../../shared/quality/metrics/detection-figures';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { count } from '../../components/quantity';
import { Defined } from '../defined';
import { coefficient, intervalOf, METRIC_WORDS, share, type TargetMetric } from '../figure-words';
import styles from '../quality.module.css';

const METRICS: readonly TargetMetric[] = ['accuracy', 'precision', 'recall', 'f1'];

/** The figure that the project is judged by, against what is good enough, and the others beside it. */
export function TargetFigure(props: {
  readonly figures: DetectionFigures;
  readonly low: number;
  readonly target: ReviewPolicy['quality']['target'];
}) {
  const { figures, low, target } = props;
  const value = figures[target.metric];
  const tone = value === null ? undefined : value >= target.least ? 'success' : 'error';
  return (
    <section className={styles.figuresRow} aria-label="Figures over all images">
      <div className={styles.target} data-tone={tone}>
        <Defined is={target.metric}>{METRIC_WORDS[target.metric]}</Defined>
        <strong>{share(value)}</strong>
        <span>
          {value === null
            ? 'nothing to compare'
            : value >= target.least
              ? `meets the target of ${share(target.least)}`
              : `below the target of ${share(target.least)}`}
        </span>
        <Interval figures={figures} metric={target.metric} />
      </div>
      <dl className={styles.figures}>
        {METRICS.filter((metric) => metric !== target.metric).map((metric) => (
          <div key={metric}>
            <dt>
              <Defined is={metric}>{METRIC_WORDS[metric]}</Defined>
            </dt>
            <dd>
              {share(figures[metric])}
              <Interval figures={figures} metric={metric} />
            </dd>
          </div>
        ))}
        <div>
          <dt>
            <Defined is="meanSimilarity">Mean overlap</Defined>
          </dt>
          <dd>{coefficient(figures.meanSimilarity)}</dd>
        </div>
        <div>
          <dt>Right</dt>
          <dd>{count(figures.valid)}</dd>
        </div>
        <div>
          <dt>
            <Defined is="missing">Missing</Defined>
          </dt>
          <dd>{count(figures.missing)}</dd>
        </div>
        <div>
          <dt>
            <Defined is="extra">Extra</Defined>
          </dt>
          <dd>{count(figures.extra)}</dd>
        </div>
        <div>
          <dt>
            <Defined is="mislabelled">Mislabelled</Defined>
          </dt>
          <dd>{count(figures.mislabelled)}</dd>
        </div>
        <div>
          <dt>
            <Defined is="low">Low overlap</Defined>
          </dt>
          <dd>{count(low)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Interval({
  figures,
  metric,
}: {
  readonly figures: DetectionFigures;
  readonly metric: TargetMetric;
}) {
  const interval = intervalOf(figures, metric);
  if (interval === null) return null;
  return (
    <span className={styles.interval}>
      <Defined is="interval">
        {share(interval.low)} – {share(interval.high)}
      </Defined>
    </span>
  );
}
