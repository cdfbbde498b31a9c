import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetSource, WriteReport } from '../../../shared/formats/format';
import { formatById } from '../../../shared/formats/index';
import { createPictureIndex } from '../../../shared/formats/parts/picture-index';
import { sourceFromFolder } from '../../../shared/formats/source-from-folder';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { createDirectorySink, type DirectorySink } from '../../datasets-io/create-directory-sink';
import { openDatasetFolder } from '../../datasets-io/open-dataset-folder';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { interrupted } from '../interruptible';
import { type OpenedDataset, openDataset, unknownFormat } from '../open-dataset';
import { createProblemSummary, type ProblemSummary } from '../problem-summary';
import { counted } from '../text-table';

const PICTURE_MODES = ['none', 'copy', 'link'] as const;
type PictureMode = (typeof PICTURE_MODES)[number];

interface ConvertOptions {
  readonly json?: boolean;
  readonly from: string;
  readonly to: string;
  readonly images: string;
  readonly imagesIn?: readonly string[];
  readonly force?: boolean;
  readonly skipBad?: boolean;
}

export const convert: CliCommand = {
  name: 'convert',
  add(program, context) {
    program
      .command('convert')
      .summary('write a dataset in another format')
      .description(
        'Writes a dataset in another format and lists all that the format could not keep. The output appears whole or not at all.',
      )
      .argument('<in>', 'folder of a dataset, or one label file')
      .argument('<out>', 'folder to write to; must not exist or be empty')
      .requiredOption('--to <format>', 'format to write (coco, yolo)')
      .option('--from <format>', 'format to read (auto, coco, yolo)', 'auto')
      .option('--images <mode>', 'pictures: none (labels only), copy, or link (hard links)', 'none')
      .option('--images-in <folder...>', 'also look for pictures here')
      .option('--skip-bad', 'leave out what cannot be read instead of refusing (ends with 3)')
      .option('--force', 'replace what is in <out>')
      .option('--json', 'print the fidelity report as one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark convert --from coco in/ --to yolo out/
  groundmark convert in/ out/ --to coco --images link
  groundmark convert --from auto in/ --to yolo out/ --json > report.json

Exit codes:
  0  everything was kept
  3  written; the report lists what was dropped, clipped or rounded
  2  <in> cannot be read or holds broken parts; nothing was written`,
      )
      .action((input: string, output: string, options: ConvertOptions) =>
        context.run(options, (signal) => converted(input, output, options, signal)),
      );
  },
};

async function converted(
  input: string,
  output: string,
  options: ConvertOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const target = formatById(options.to);
  if (target === null) return err(unknownFormat(options.to));
  const mode = PICTURE_MODES.find((candidate) => candidate === options.images);
  if (mode === undefined) {
    return err(
      appError(
        'usage.bad-arguments',
        `--images takes ${PICTURE_MODES.join(', ')}, not "${options.images}".`,
        {},
      ),
    );
  }
  const opened = await openDataset(input, options.from, options.imagesIn ?? [], signal);
  if (!opened.ok) return opened;
  const refusal = await refuseOverlap(opened.value.root, output);
  if (refusal !== null) return err(refusal);
  const sink = await createDirectorySink({
    kind: 'exactly',
    place: output,
    isForced: options.force === true,
  });
  if (!sink.ok) return sink;
  try {
    const problems = createProblemSummary();
    const source = sourceFromFolder(opened.value.format, opened.value.folder, problems.add);
    const written = await target.write(source, sink.value);
    if (!written.ok) return written;
    if (signal.aborted) return err(interrupted());
    if (problems.errors > 0 && options.skipBad !== true) {
      return err(
        appError(
          'format.malformed',
          `${input} has ${counted(problems.errors, 'broken part')}, the first: ${problems.samples().find((problem) => problem.severity === 'error')?.message ?? ''} Nothing was written. Mend it, or leave such parts out with --skip-bad.`,
          { errors: problems.errors, ...problems.countByCode() },
        ),
      );
    }
    const leftOut = new Set(written.value.leftOutImages ?? []);
    const pictures = await placePictures(source, opened.value, sink.value, { mode, leftOut, signal });
    if (!pictures.ok) return pictures;
    if (signal.aborted) return err(interrupted());
    const committed = await sink.value.commit();
    if (!committed.ok) return committed;
    return ok(
      answer(input, output, opened.value.format.id, target.id, written.value, problems, pictures.value),
    );
  } finally {
    await sink.value.discard();
  }
}

/** Writing over or into what is being read would eat the input. */
async function refuseOverlap(root: string, output: string) {
  const from = await realpath(root);
  const parent = await realpath(path.dirname(path.resolve(output))).catch(() =>
    path.dirname(path.resolve(output)),
  );
  const to = path.join(parent, path.basename(output));
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}${path.sep}`);
  return isWithin(to, from) || isWithin(from, to)
    ? appError(
        'usage.bad-arguments',
        `${output} and the input lie in one another. Name a folder outside the dataset.`,
        {},
      )
    : null;
}

interface PlacedPictures {
  readonly mode: PictureMode;
  readonly placed: number;
  readonly missing: readonly string[];
}

/** Puts pictures at `images/<key>`, where both formats look for them. */
async function placePictures(
  source: DatasetSource,
  { pictureRoots }: OpenedDataset,
  sink: DirectorySink,
  {
    mode,
    leftOut,
    signal,
  }: { readonly mode: PictureMode; readonly leftOut: ReadonlySet<string>; readonly signal: AbortSignal },
): Promise<Result<PlacedPictures>> {
  const missing: string[] = [];
  let placed = 0;
  if (mode === 'none') return ok({ mode, placed, missing });
  const indexes: { readonly root: string; readonly find: (key: string) => string | null }[] = [];
  for (const root of pictureRoots.slice(0, -1)) indexes.push(await indexOf(root));
  // The folder beside the dataset may be anything, a home folder included: it is walked only when it is needed.
  let beside: (typeof indexes)[number] | null = null;
  for await (const image of source.images()) {
    if (signal.aborted) break;
    if (image.state === 'unlabelled' || leftOut.has(image.key)) continue;
    let found: string | null = null;
    for (const index of indexes) found ??= pathIn(index, image.key);
    const last = pictureRoots.at(-1);
    if (found === null && last !== undefined) {
      beside ??= await indexOf(path.join(last, 'images'));
      found = pathIn(beside, image.key);
    }
    if (found === null) {
      missing.push(image.key);
      continue;
    }
    const added = await sink.addFile(`images/${image.key}`, found, mode);
    if (!added.ok) return added;
    placed += 1;
  }
  return ok({ mode, placed, missing });
}

async function indexOf(root: string) {
  const folder = await openDatasetFolder(root);
  const files = folder.ok ? await folder.value.list() : [];
  const paths = new Set(files.map((file) => file.path));
  const index = createPictureIndex(paths);
  return {
    root,
    // Where our own writers put it comes first: the key may itself begin with `images/`.
    find: (key: string) => (paths.has(`images/${key}`) ? `images/${key}` : index.find(key)),
  };
}

function pathIn({ root, find }: { root: string; find: (key: string) => string | null }, key: string) {
  const relative = find(key);
  return relative === null ? null : path.join(root, relative);
}

function answer(
  input: string,
  output: string,
  from: string,
  to: string,
  report: WriteReport,
  problems: ProblemSummary,
  pictures: PlacedPictures,
): CliAnswer {
  const losses = Object.entries(report.lossCountByCode);
  const isClean =
    losses.length === 0 && problems.errors + problems.warnings === 0 && pictures.missing.length === 0;
  const notes = [
    ...problems.lines(),
    ...(report.notes ?? []).map((note) => `note: ${note}`),
    ...losses.flatMap(([code, count]) => {
      const first = report.losses.find((loss) => loss.code === code);
      return [`loss: ${code} × ${count}${first === undefined ? '' : `, e.g. ${first.message}`}`];
    }),
    ...pictures.missing
      .slice(0, 5)
      .map((key) => `warning: the picture ${key} was not found and is not in the output`),
    ...(pictures.missing.length > 5
      ? [`… and ${pictures.missing.length - 5} more pictures that were not found`]
      : []),
  ];
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
      images: report.images,
      annotations: report.annotations,
      pictures: { mode: pictures.mode, placed: pictures.placed, missing: pictures.missing.length },
      lossCountByCode: report.lossCountByCode,
      losses: report.losses,
      notes: report.notes ?? [],
      problemCountByCode: problems.countByCode(),
      problems: problems.samples(),
      isClean,
    },
    text: [
      `${input} (${from}) -> ${output} (${to})`,
      `${counted(report.images, 'image')}, ${counted(report.annotations, 'annotation')}; ${withPictures}`,
      isClean ? 'Nothing was lost.' : 'Not everything could be kept; see above.',
    ].join('\n'),
    notes,
  };
}
