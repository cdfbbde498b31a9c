import type {
  DatasetFolder,
  DatasetFormat,
  DatasetProblem,
  DatasetSource,
} from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { readBackOptions } from '../../shared/formats/read-back-options';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import {
  type DatasetDifference,
  DIFFERENCE_KINDS,
  type DifferenceKind,
} from '../../shared/quality/compare-datasets';
import { compareWithRead, comparisonFor } from '../../shared/quality/comparison-for';

/** Differences that have a number of their own in the report; the others are listed with what was lost. */
const NUMBERED_KINDS: readonly DifferenceKind[] = ['missing', 'extra', 'moved', 'relabelled'];

export interface ReadBack {
  readonly report: ExportReport['readBack'];
  readonly losses: readonly DatasetProblem[];
  readonly lossCountByCode: Readonly<Record<string, number>>;
}

export interface ReadBackOptions {
  /** The write options of the export. */
  readonly options: OptionValues;
  /** Hears everything that was found, one by one. */
  readonly onLoss: (loss: DatasetProblem) => void;
  /** Annotations that never reached the writer because the format does not hold them. */
  readonly leftOutBefore: number;
}

/** Enough samples to see what kinds of thing were lost; their counts are complete. */
const MOST_SAMPLES = 100;

/**
 * Reads what was written with the same format's reader and compares it with what was meant. What the format is declared
 * unable to keep is counted by its writer and not compared.
 */
export async function readBack(
  format: DatasetFormat,
  folder: DatasetFolder,
  source: DatasetSource,
  { options, onLoss, leftOutBefore }: ReadBackOptions,
): Promise<ReadBack> {
  const losses: DatasetProblem[] = [];
  const lossCountByCode: Record<string, number> = {};
  const add = (loss: DatasetProblem) => {
    lossCountByCode[loss.code] = (lossCountByCode[loss.code] ?? 0) + 1;
    if (losses.length < MOST_SAMPLES) losses.push(loss);
    onLoss(loss);
  };
  const comparison = await compareWithRead(
    source,
    format.read(folder, readBackOptions(format, options)),
    comparisonFor(format.fidelity(options)),
    {
      onProblem: add,
      onDifference: (difference) => {
        if (!NUMBERED_KINDS.includes(difference.kind)) add(asLoss(difference));
        else onLoss(asLoss(difference));
      },
    },
  );
  return {
    report: {
      images: comparison.imagesInBoth + comparison.counts.imageExtra,
      annotations: comparison.annotationsInB,
      matched: comparison.matched,
      missing: comparison.counts.missing + comparison.leftOut + leftOutBefore,
      leftOut: comparison.leftOut + leftOutBefore,
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
    losses,
    lossCountByCode,
  };
}

function asLoss({ kind, imageKey, description }: DatasetDifference): DatasetProblem {
  return {
    severity: 'warning',
    code: `read-back-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    message: `Read back${imageKey === '' ? '' : `, ${imageKey}`}: ${description}.`,
    path: imageKey,
    line: null,
  };
}
