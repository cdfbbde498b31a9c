import type { DatasetProblem, FidelityTable, WriteReport } from '../../shared/formats/format';
import type { ReadBack } from '../store/read-back';
import { type CliAnswer, EXIT } from './cli-io';
import type { ProblemSummary } from './problem-summary';
import { isReadBackClean, readBackInWords, roundingNotes } from './read-back-words';
import { counted } from './text-table';

interface Losses {
  readonly losses: readonly DatasetProblem[];
  readonly lossCountByCode: Readonly<Record<string, number>>;
}

/** What was done by a conversion, and what was found when it was read back. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly written: WriteReport;
  /** Losses of preparing, writing, placing pictures and reading back. */
  readonly parts: readonly Losses[];
  readonly readBack: ReadBack['report'];
  readonly fidelity: FidelityTable;
  readonly pictures: { readonly mode: 'none' | 'copy' | 'link'; readonly placed: number };
  readonly notes: readonly string[];
  /** Of the input. */
  readonly problems: ProblemSummary;
}

export function conversionAnswer(input: string, output: string, conversion: Conversion): CliAnswer {
  const { from, to, written, parts, readBack, fidelity, pictures, notes, problems } = conversion;
  const lossCountByCode = summed(parts);
  const losses = parts.flatMap((part) => part.losses);
  const isClean =
    Object.keys(lossCountByCode).length === 0 &&
    problems.errors + problems.warnings === 0 &&
    isReadBackClean(readBack);
  const withPictures =
    pictures.mode === 'none'
      ? 'labels only (pictures stay where they are; --images copy or link takes them along)'
      : `${counted(pictures.placed, 'picture')} ${pictures.mode === 'copy' ? 'copied' : 'linked'}`;
  return {
    exitCode: isClean ? EXIT.ok : EXIT.lossy,
    json: {
      input,
      output,
      from,
      to,
      images: written.images,
      annotations: written.annotations,
      pictures: {
        mode: pictures.mode,
        placed: pictures.placed,
        missing: lossCountByCode['picture-missing'] ?? 0,
      },
      readBack,
      lossCountByCode,
      losses,
      notes,
      fidelity,
      problemCountByCode: problems.countByCode(),
      problems: problems.samples(),
      isClean,
    },
    text: [
      `${input} (${from}) -> ${output} (${to})`,
      `${counted(written.images, 'image')}, ${counted(written.annotations, 'annotation')}; ${withPictures}`,
      readBackInWords(readBack),
      isClean ? 'Nothing was lost.' : 'Not everything could be kept; see above.',
    ].join('\n'),
    notes: [
      ...problems.lines(),
      ...notes.map((note) => `note: ${note}`),
      ...roundingNotes(readBack),
      ...lossLines(lossCountByCode, losses),
    ],
  };
}

/** A line for each kind of loss: its count, and the first of them. */
export function lossLines(
  lossCountByCode: Readonly<Record<string, number>>,
  losses: readonly DatasetProblem[],
): readonly string[] {
  return Object.entries(lossCountByCode).map(([code, count]) => {
    const first = losses.find((loss) => loss.code === code);
    return `loss: ${code} × ${count}${first === undefined ? '' : `, e.g. ${first.message}`}`;
  });
}

function summed(parts: readonly Losses[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { lossCountByCode } of parts) {
    for (const [code, count] of Object.entries(lossCountByCode)) {
      sums.set(code, (sums.get(code) ?? 0) + count);
    }
  }
  return Object.fromEntries(sums);
}
