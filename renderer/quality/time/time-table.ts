import { csvLine } from '../../../shared/formats/parts/csv/csv-line';
import type { Activity } from '../../../shared/schema/activity';

/** Columns of exported work: one row a person, day, image and label; an empty label holds the image's active time. */
export const TIME_COLUMNS = {
  day: 'STRING',
  person: 'STRING',
  image_id: 'STRING',
  label: 'STRING',
  active_ms: 'DOUBLE',
  review_ms: 'DOUBLE',
  shapes: 'INT32',
  shape_ms: 'DOUBLE',
} as const;

export interface TimeRow {
  readonly day: string;
  readonly person: string;
  readonly image_id: string;
  readonly label: string;
  readonly active_ms: number;
  readonly review_ms: number;
  readonly shapes: number;
  readonly shape_ms: number;
}

export function timeRows(work: readonly Activity[], nameOf: (labelId: string) => string): readonly TimeRow[] {
  return work.flatMap(({ day, personName, imageId, activeMs, reviewMs = 0, byLabel }) => {
    const face = { day, person: personName, image_id: imageId };
    return [
      {
        ...face,
        label: '',
        active_ms: Math.round(activeMs),
        review_ms: Math.round(reviewMs),
        shapes: 0,
        shape_ms: 0,
      },
      ...Object.entries(byLabel).map(([labelId, { shapes, ms }]) => ({
        ...face,
        label: nameOf(labelId),
        active_ms: 0,
        review_ms: 0,
        shapes,
        shape_ms: Math.round(ms),
      })),
    ];
  });
}

export function timeCsv(rows: readonly TimeRow[]): string {
  const names = Object.keys(TIME_COLUMNS) as (keyof TimeRow)[];
  return [csvLine(names), ...rows.map((row) => csvLine(names.map((name) => row[name])))].join('');
}
