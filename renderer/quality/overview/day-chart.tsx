import type { GroupFigures } from '../engine/quality-figures';
import { METRIC_WORDS, share, type TargetMetric } from '../figure-words';
import styles from '../quality.module.css';

const WIDTH = 560;
const HEIGHT = 120;
const LEFT = 40;
const BOTTOM = 20;
const TOP = 8;

/** The target figure by the day on which objects were last changed; the same numbers stand in the table below it. */
export function DayChart(props: {
  readonly days: readonly GroupFigures[];
  readonly metric: TargetMetric;
  readonly least: number;
}) {
  const points = props.days.flatMap((day) => {
    const value = day[props.metric];
    return value === null ? [] : [{ day: day.key, value }];
  });
  if (points.length < 2) return null;
  const x = (index: number) => LEFT + (index * (WIDTH - LEFT - 8)) / (points.length - 1);
  const y = (value: number) => TOP + (1 - value) * (HEIGHT - BOTTOM - TOP);
  const first = points[0];
  const last = points.at(-1);
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${METRIC_WORDS[props.metric]} by day, from ${share(first?.value ?? null)} on ${first?.day} to ${share(last?.value ?? null)} on ${last?.day}`}
    >
      {[0, 0.5, 1].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className={styles.chartGrid} />
          <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {Math.round(value * 100)}%
          </text>
        </g>
      ))}
      <line x1={LEFT} x2={WIDTH} y1={y(props.least)} y2={y(props.least)} className={styles.chartTarget} />
      <polyline
        points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')}
        className={styles.chartLine}
      />
      {points.map(({ day, value }, index) => (
        <circle key={day} cx={x(index)} cy={y(value)} r={3} className={styles.chartPoint}>
          <title>{`${day}: ${share(value)}`}</title>
        </circle>
      ))}
      <text x={LEFT} y={HEIGHT - 4}>
        {first?.day}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
        {last?.day}
      </text>
    </svg>
  );
}
