import { csvLine } from '../../shared/formats/parts/csv/csv-line';
import type { DetectionFigures } from '../../shared/quality/metrics/detection-figures';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { DEFINITIONS } from './definitions';
import { SUBJECTS } from './engine/comparison-table';
import type { QualityFigures } from './engine/quality-messages';

type NameOf = (id: string) => string;

/** All figures as JSON, with what each is and the thresholds they were made with. */
export function reportJson(
  figures: QualityFigures,
  policy: ReviewPolicy['quality'],
  project: string,
): string {
  const report = {
    project,
    at: new Date().toISOString(),
    thresholds: policy,
    figures,
    definitions: DEFINITIONS,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const COLUMNS = [
  'valid',
  'referenceCount',
  'candidateCount',
  'missing',
  'extra',
  'mislabelled',
  'precision',
  'recall',
  'f1',
  'accuracy',
  'meanSimilarity',
] as const satisfies readonly (keyof DetectionFigures)[];

/** One line a group of figures: what is compared, by what, which, and the numbers; empty where there is none. */
export function reportCsv(figures: QualityFigures, nameOf: NameOf, batchName: NameOf): string {
  const lines = [csvLine(['compared', 'by', 'of', ...COLUMNS])];
  const add = (subject: string, by: string, of: string, row: DetectionFigures) =>
    lines.push(csvLine([subject, by, of, ...COLUMNS.map((column) => row[column] ?? '')]));
  for (const subject of SUBJECTS) {
    const { overall, byLabel, byPerson, byBatch, byDay } = figures.subjects[subject];
    add(subject, 'all', '', overall);
    for (const row of byLabel) add(subject, 'label', nameOf(row.labelId), row);
    for (const row of byPerson) add(subject, 'person', row.key, row);
    for (const row of byBatch) add(subject, 'batch', batchName(row.key), row);
    for (const row of byDay) add(subject, 'day', row.key, row);
  }
  return lines.join('');
}
