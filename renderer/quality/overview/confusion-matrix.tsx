import { type KeyboardEvent, useState } from 'react';
import type { ConfusionMatrix } from '../../../shared/quality/metrics/confusion-matrix';
import type { LabelId } from '../../../shared/schema/ids';
import { count } from '../../components/quantity';
import styles from '../quality.module.css';

/** A side of a cell and the room for names beside and above, in CSS px. */
const CELL = 28;
const NAMES = 132;
const NAMES_ABOVE = 112;
/** How far the last slanted name reaches over the last column. */
const SLANT = 48;

/** More labels than this are not legible; those with most errors are shown. */
const MOST_LABELS = 30;

export interface ChosenCell {
  readonly truth: LabelId | null;
  readonly label: LabelId | null;
}

/**
 * What is one label in the truth (rows) and another in the labels (columns). The diagonal is right; what is off it is
 * tinted by its share of the row. Arrow keys move, Enter shows the objects.
 */
export function ConfusionMatrixChart(props: {
  readonly matrix: ConfusionMatrix<string>;
  readonly nameOf: (labelId: string) => string;
  /** Place of a label in the project's schema: rows and columns are in its order. */
  readonly placeOf: (labelId: string) => number;
  readonly onChoose: (cell: ChosenCell) => void;
}) {
  const { matrix, nameOf, onChoose } = props;
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0]);
  const shown = shownValues(matrix, props.placeOf);
  const values = shown.map((index) => matrix.values[index] ?? null);
  const side = values.length * CELL;
  const counts = shown.map((row) => shown.map((column) => matrix.counts[row]?.[column] ?? 0));
  const rowNames = values.map((value) => (value === null ? 'nothing (extra)' : nameOf(value)));
  const columnNames = values.map((value) => (value === null ? 'nothing (missing)' : nameOf(value)));
  const [activeRow, activeColumn] = [Math.min(at[0], values.length - 1), Math.min(at[1], values.length - 1)];
  const choose = (row: number, column: number) => {
    if ((counts[row]?.[column] ?? 0) === 0) return;
    onChoose({
      truth: (values[row] ?? null) as LabelId | null,
      label: (values[column] ?? null) as LabelId | null,
    });
  };
  const words = (row: number, column: number) => {
    const cases = count(counts[row]?.[column] ?? 0);
    const isRight = row === column && values[row] !== null;
    return isRight
      ? `${cases} × ${rowNames[row]}, right`
      : `${cases} × ${rowNames[row]} labelled as ${columnNames[column]}`;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = values.length - 1;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt([
        Math.min(last, Math.max(0, activeRow + (step[0] ?? 0))),
        Math.min(last, Math.max(0, activeColumn + (step[1] ?? 0))),
      ]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(activeRow, activeColumn);
    }
  };
  const hidden = matrix.values.length - shown.length;
  return (
    <figure className={styles.matrix}>
      <div className={styles.matrixScroll}>
        <div
          role="application"
          aria-label={`Confusion matrix, ${values.length} by ${values.length}. Arrow keys move, Enter shows the objects.`}
          aria-describedby="confusion-cell"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move inside of it
          tabIndex={0}
          data-shares-keys
          onKeyDown={onKeyDown}
        >
          <svg
            width={NAMES + side + SLANT}
            height={NAMES_ABOVE + side + 1}
            aria-hidden
            className={styles.matrixDrawing}
          >
            {columnNames.map((name, column) => (
              <text
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                key={column}
                transform={`translate(${NAMES + column * CELL + CELL / 2 + 4} ${NAMES_ABOVE - 6}) rotate(-60)`}
              >
                {shortened(name)}
              </text>
            ))}
            {rowNames.map((name, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <g key={row}>
                <text x={NAMES - 6} y={NAMES_ABOVE + row * CELL + CELL / 2 + 4} textAnchor="end">
                  {shortened(name)}
                </text>
                {values.map((_, column) => (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    key={column}
                    x={NAMES + column * CELL}
                    y={NAMES_ABOVE + row * CELL}
                    cases={counts[row]?.[column] ?? 0}
                    ofRow={(counts[row] ?? []).reduce((sum, value) => sum + value, 0)}
                    isRight={row === column}
                    isActive={row === activeRow && column === activeColumn}
                    title={words(row, column)}
                    onChoose={() => {
                      setAt([row, column]);
                      choose(row, column);
                    }}
                    onEnter={() => setAt([row, column])}
                  />
                ))}
              </g>
            ))}
          </svg>
        </div>
      </div>
      <figcaption id="confusion-cell" aria-live="polite">
        {words(activeRow, activeColumn)}
        {hidden > 0 && <span className="dim"> · {hidden} labels with fewest errors are not shown</span>}
      </figcaption>
    </figure>
  );
}

function Cell(props: {
  readonly x: number;
  readonly y: number;
  readonly cases: number;
  readonly ofRow: number;
  readonly isRight: boolean;
  readonly isActive: boolean;
  readonly title: string;
  readonly onChoose: () => void;
  readonly onEnter: () => void;
}) {
  const { x, y, cases, ofRow, isRight } = props;
  const weight = ofRow === 0 ? 0 : cases / ofRow;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the keyboard moves in the whole
    <g onClick={props.onChoose} onMouseEnter={props.onEnter}>
      <title>{props.title}</title>
      <rect
        x={x}
        y={y}
        width={CELL}
        height={CELL}
        className={styles.cell}
        data-right={isRight || undefined}
        data-active={props.isActive || undefined}
        // Few cases among many must still be seen.
        style={{ fillOpacity: cases === 0 ? 0 : 0.12 + 0.5 * Math.sqrt(weight) }}
      />
      {cases > 0 && (
        <text x={x + CELL / 2} y={y + CELL / 2 + 4} textAnchor="middle" className={styles.cellCount}>
          {cases > 999 ? `${Math.round(cases / 1000)}k` : cases}
        </text>
      )}
    </g>
  );
}

/** Places of the values to show: all, or those with most that is not right; nothing stays last. */
function shownValues(
  { values, counts }: ConfusionMatrix<string>,
  placeOf: (labelId: string) => number,
): readonly number[] {
  const place = (index: number) => {
    const value = values[index] ?? null;
    return value === null ? Number.POSITIVE_INFINITY : placeOf(value);
  };
  const all = values.map((_, index) => index).sort((a, b) => place(a) - place(b));
  if (values.length <= MOST_LABELS + 1) return all;
  const errors = (index: number) =>
    all.reduce(
      (sum, other) =>
        other === index ? sum : sum + (counts[index]?.[other] ?? 0) + (counts[other]?.[index] ?? 0),
      0,
    );
  const labels = all.filter((index) => values[index] !== null);
  const most = [...labels].sort((a, b) => errors(b) - errors(a)).slice(0, MOST_LABELS);
  return [...most.sort((a, b) => place(a) - place(b)), ...all.filter((index) => values[index] === null)];
}

function shortened(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
