import type { VersionDiff } from '../../../shared/ipc/channels/datasets';
import { ok, type Result } from '../../../shared/result/result';
import type { ReviewCoverage } from '../../../shared/schema/dataset-version';
import type { Sha256 } from '../../../shared/schema/ids';
import type { Lake } from '../../store/lake';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { HOME_OPTION, lakeOf } from '../open-lake';
import { counted, textTable } from '../text-table';

interface DiffOptions {
  readonly json?: boolean;
  readonly home?: string;
}

const SHOWN_SAMPLES = 20;

export const diff: CliCommand = {
  name: 'diff',
  add(program, context) {
    program
      .command('diff')
      .summary('say what changed between two dataset versions')
      .description(
        'Says what changed from version A to version B: images, splits, and annotations added, removed, moved, relabelled or with other attributes. An id may be cut to any unique beginning of at least 4 characters.',
      )
      .argument('<a>', 'id of the earlier version')
      .argument('<b>', 'id of the later version')
      .option(...HOME_OPTION)
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark diff 3f9c 81ab
  groundmark diff 3f9c 81ab --json | jq .annotations

Exit codes:
  0  the same
  1  different
  2  an id is not known or not unique, or a version is damaged`,
      )
      .action((a: string, b: string, options: DiffOptions) =>
        context.run(options, () => compared(a, b, options)),
      );
  },
};

async function compared(a: string, b: string, options: DiffOptions): Promise<Result<CliAnswer>> {
  const lake = lakeOf(options.home);
  const from = await lake.resolve(a);
  if (!from.ok) return from;
  const to = await lake.resolve(b);
  if (!to.ok) return to;
  const found = await lake.diff(from.value, to.value);
  if (!found.ok) return found;
  const [before, after] = await Promise.all([coverageOf(lake, from.value), coverageOf(lake, to.value)]);
  const rows = rowsOf(found.value);
  const isSame = rows.every(([, count]) => count === 0);
  const shown = found.value.samples.slice(0, SHOWN_SAMPLES);
  const rest = found.value.samples.length - shown.length;
  return ok({
    exitCode: isSame ? EXIT.ok : EXIT.different,
    json: { ...found.value, isSame, coverage: { before, after } },
    text: [
      `${from.value.slice(0, 12)} -> ${to.value.slice(0, 12)}`,
      '',
      textTable([
        ...rows.filter(([, count]) => count > 0),
        ['annotations unchanged', found.value.annotations.unchanged],
      ]),
      ...found.value.labels.map(
        ({ classIndex, before, after }) =>
          `label ${classIndex}: ${before ?? '(none)'} -> ${after ?? '(none)'}`,
      ),
      ...(before === null && after === null
        ? []
        : [`review: ${coverageInWords(before)} -> ${coverageInWords(after)}`]),
      ...(shown.length > 0 ? [''] : []),
      ...shown.map(({ kind, imageKey, description }) => `${kind} ${imageKey}: ${description}`),
      ...(rest > 0 ? [`… more samples with --json`] : []),
      '',
      isSame ? 'The same.' : 'Different.',
    ].join('\n'),
  });
}

/** Null for versions that know nothing of reviews. A version that was compared can be read. */
async function coverageOf(lake: Lake, id: Sha256): Promise<ReviewCoverage | null> {
  const stored = await lake.version(id);
  return stored.ok ? (stored.value.manifest.review?.coverage ?? null) : null;
}

function coverageInWords(coverage: ReviewCoverage | null): string {
  if (coverage === null) return 'not known';
  const { accepted, total, changedSince } = coverage;
  return `${accepted} of ${counted(total, 'image')} accepted${changedSince === 0 ? '' : `, ${changedSince} labelled otherwise since`}`;
}

function rowsOf({ images, annotations, labels }: VersionDiff): readonly (readonly [string, number])[] {
  return [
    ['images added', images.added],
    ['images removed', images.removed],
    ['images in another split', images.splitChanged],
    ['annotations added', annotations.added],
    ['annotations removed', annotations.removed],
    ['annotations moved', annotations.moved],
    ['annotations relabelled', annotations.relabelled],
    ['annotations with other attributes', annotations.attributesChanged],
    ['labels changed', labels.length],
  ];
}
