import type { DatasetFormat, DatasetProblem, DatasetSource } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import {
  type DatasetComparison,
  DIFFERENCE_KINDS,
  type DifferenceKind,
} from '../../shared/quality/compare-datasets';
import { compareWithRead, comparisonFor } from '../../shared/quality/comparison-for';
import { ok, type Result } from '../../shared/result/result';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';

/** Differences that have a number of their own in the report; the others are listed with what was lost. */
const NUMBERED_KINDS: readonly DifferenceKind[] = ['missing', 'extra', 'moved', 'relabelled'];
const LISTED_KINDS = DIFFERENCE_KINDS.filter((kind) => !NUMBERED_KINDS.includes(kind));

export interface ReadBack {
  readonly report: ExportReport['readBack'];
  readonly losses: readonly DatasetProblem[];
  readonly lossCountByCode: Readonly<Record<string, number>>;
}

/**
 * Reads what was written with the same format's reader and compares it with what was meant. What the format is declared
 * unable to keep is counted by its writer and not compared.
 */
export async function readBack(
  format: DatasetFormat,
  folder: string,
  source: DatasetSource,
  options: OptionValues,
): Promise<Result<ReadBack>> {
  const opened = await openDatasetFolder(folder);
  if (!opened.ok) return opened;
  const problems: DatasetProblem[] = [];
  const comparison = await compareWithRead(
    source,
    format.read(opened.value),
    comparisonFor(format.fidelity(options)),
    { onProblem: (problem) => void problems.push(problem) },
  );
  return ok({
    report: {
      images: comparison.imagesInBoth + comparison.counts.imageExtra,
      annotations: comparison.annotationsInB,
      matched: comparison.matched,
      missing: comparison.counts.missing + comparison.leftOut,
      leftOut: comparison.leftOut,
      inPart: comparison.matchedInPart,
      extra: comparison.counts.extra,
      moved: comparison.counts.moved,
      relabelled: comparison.counts.relabelled,
      largestCoordinateError: comparison.largestCoordinateErrorInImagePx,
      iou: comparison.iou,
      differences: Object.fromEntries(
        DIFFERENCE_KINDS.filter((kind) => comparison.counts[kind] > 0).map((kind) => [
          kind,
          comparison.counts[kind],
        ]),
      ),
    },
    losses: [...problems, ...listedDifferences(comparison)],
    lossCountByCode: countsOf(comparison, problems),
  });
}

const codeOf = (kind: DifferenceKind) =>
  `read-back-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function listedDifferences(comparison: DatasetComparison): readonly DatasetProblem[] {
  const listed = new Set<DifferenceKind>(LISTED_KINDS);
  return comparison.samples
    .filter((sample) => listed.has(sample.kind))
    .map((sample) => ({
      severity: 'warning',
      code: codeOf(sample.kind),
      message: `Read back, ${sample.imageKey}: ${sample.description}.`,
      path: sample.imageKey,
      line: null,
    }));
}

function countsOf(
  comparison: DatasetComparison,
  problems: readonly DatasetProblem[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  for (const kind of LISTED_KINDS) {
    if (comparison.counts[kind] > 0) counts[codeOf(kind)] = comparison.counts[kind];
  }
  return counts;
}
