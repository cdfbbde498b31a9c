import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { frameOption } from '../../../shared/exports/export-options';
import { prepareExport } from '../../../shared/exports/prepare-export';
import type { DatasetFormat, DatasetProblem, DatasetSource } from '../../../shared/formats/format';
import { chosen, type OptionValues } from '../../../shared/formats/format-options';
import { formatById } from '../../../shared/formats/index';
import { createLossTally } from '../../../shared/formats/parts/loss-tally';
import { sourceFromFolder } from '../../../shared/formats/source-from-folder';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { createDirectorySink } from '../../datasets-io/create-directory-sink';
import type { OutputSink, OutputTarget } from '../../datasets-io/output-sink';
import { createZipSink } from '../../datasets-io/zip/create-zip-sink';
import { isArchive } from '../../datasets-io/zip/open-dataset-zip';
import { readBack } from '../../store/read-back';
import type { CliAnswer } from '../cli-io';
import type { CliCommand } from '../command';
import { type Conversion, conversionAnswer } from '../conversion-answer';
import { type DatasetPictures, datasetPictures, withOrientation } from '../dataset-pictures';
import { interrupted } from '../interruptible';
import { type OpenedDataset, openDataset, unknownFormat } from '../open-dataset';
import { addExportFlags, collectPairs, exportValues, formatIds, pairsAsValues } from '../option-flags';
import { placePictures } from '../place-pictures';
import { createProblemSummary } from '../problem-summary';
import { createReportFile, type ReportFile } from '../report-file';
import { counted } from '../text-table';

const PICTURE_MODES = ['none', 'copy', 'link'] as const;
type PictureMode = (typeof PICTURE_MODES)[number];

interface ConvertOptions extends Readonly<Record<string, unknown>> {
  readonly json?: boolean;
  readonly from: string;
  readonly to: string;
  readonly option?: readonly string[];
  readonly readOption?: readonly string[];
  readonly images: string;
  readonly imagesIn?: readonly string[];
  readonly report?: string;
  readonly force?: boolean;
  readonly skipBad?: boolean;
}

export const convert: CliCommand = {
  name: 'convert',
  add(program, context) {
    const command = program
      .command('convert')
      .summary('write a dataset in another format')
      .description(
        'Writes a dataset in another format, reads the result back, compares it, and lists all that the format could not keep. The output appears whole or not at all.',
      )
      .argument('<in>', 'folder of a dataset, one label file, or a zip')
      .argument(
        '<out>',
        'folder to write to, which must not exist or be empty, or a name that ends with .zip or .gmk',
      )
      .requiredOption('--to <format>', `format to write (${formatIds()})`)
      .option('--from <format>', 'format to read, or auto', 'auto')
      .option('--option <id=choice>', 'a write option of the format; may be repeated', collectPairs)
      .option('--read-option <id=choice>', 'a read option of the format; may be repeated', collectPairs)
      .option('--images <mode>', 'pictures: none (labels only), copy, or link (hard links)', 'none')
      .option('--images-in <folder...>', 'also look for pictures here');
    addExportFlags(command)
      .option('--report <file>', 'write every loss one by one to this .json or .jsonl file')
      .option('--skip-bad', 'leave out what cannot be read instead of refusing (ends with 3)')
      .option('--force', 'replace what is in <out>')
      .option('--json', 'print the fidelity report as one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark convert --from coco in/ --to yolo out/
  groundmark convert in/ out.zip --to coco --images copy
  groundmark convert in/ out/ --to yolo --option task=segment --shapes convert --report losses.jsonl
  groundmark convert in.zip --to voc out/ --json > report.json

"groundmark formats FORMAT" lists the options of a format.

Exit codes:
  0  everything was kept, and read back the same
  3  written; the report lists what was dropped, clipped or rounded
  2  <in> cannot be read, holds broken parts or leaves open what it is; nothing was written`,
      )
      .action((input: string, output: string, options: ConvertOptions) =>
        context.run(options, (signal) => converted(input, output, options, signal)),
      );
  },
};

interface ConvertPlan {
  readonly target: DatasetFormat;
  readonly writeOptions: OptionValues;
  readonly exportOptions: OptionValues;
  readonly mode: PictureMode;
  readonly report: ReportFile | null;
}

async function converted(
  input: string,
  output: string,
  options: ConvertOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const plan = planOf(options);
  if (!plan.ok) return plan;
  const opened = await openDataset(input, {
    format: options.from,
    imagesIn: options.imagesIn ?? [],
    readOption: options.readOption ?? [],
    signal,
  });
  if (!opened.ok) return opened;
  const refusal = await refuseOverlap(opened.value.root, output);
  if (refusal !== null) return err(refusal);
  const place: OutputTarget = { kind: 'exactly', place: output, isForced: options.force === true };
  const sink = isArchive(output) ? await createZipSink(place) : await createDirectorySink(place);
  if (!sink.ok) return sink;
  const pictures = datasetPictures(opened.value);
  try {
    const done = await write(opened.value, sink.value, pictures, plan.value, options, signal);
    if (!done.ok) return done;
    const committed = await sink.value.commit();
    if (!committed.ok) return committed;
    const answer = conversionAnswer(input, output, done.value);
    const reported = await plan.value.report?.commit(answer.json);
    return reported?.ok === false ? reported : ok(answer);
  } finally {
    await pictures.close();
    await sink.value.discard();
    await plan.value.report?.discard();
  }
}

function planOf(options: ConvertOptions): Result<ConvertPlan> {
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
  const writeOptions = pairsAsValues(options.option ?? [], target.writeOptions, '--option');
  if (!writeOptions.ok) return writeOptions;
  const report = options.report === undefined ? ok(null) : createReportFile(options.report);
  if (!report.ok) return report;
  return ok({
    target,
    writeOptions: writeOptions.value,
    exportOptions: exportValues(options),
    mode,
    report: report.value,
  });
}

async function write(
  opened: OpenedDataset,
  sink: OutputSink,
  pictures: DatasetPictures,
  { target, writeOptions, exportOptions, mode, report }: ConvertPlan,
  { skipBad }: ConvertOptions,
  signal: AbortSignal,
): Promise<Result<Conversion>> {
  const problems = createProblemSummary();
  const onLoss = (loss: DatasetProblem) => report?.add(loss);
  const read = sourceFromFolder(opened.format, opened.folder, problems.add, opened.readOptions);
  const isStored = chosen(frameOption, exportOptions) === 'stored';
  const fidelity = target.fidelity(writeOptions);
  const prepared = prepareExport(
    draining(isStored ? withOrientation(read, pictures) : read, report),
    { title: target.title, fidelity },
    exportOptions,
    onLoss,
  );
  const written = await target.write(prepared.source, sink, {
    options: writeOptions,
    onLoss,
    ...(mode === 'none' ? {} : { pictureBytes: pictures.bytes }),
  });
  if (!written.ok) return written;
  if (signal.aborted) return err(interrupted());
  if (problems.errors > 0 && skipBad !== true) {
    const first = problems.samples().find((problem) => problem.severity === 'error');
    return err(
      appError(
        'format.malformed',
        `${opened.shownPath} has ${counted(problems.errors, 'broken part')}, the first: ${first?.message ?? ''} Nothing was written. Mend it, or leave such parts out with --skip-bad.`,
        { errors: problems.errors, ...problems.countByCode() },
      ),
    );
  }
  const placing = createLossTally(onLoss);
  const leftOut = new Set(written.value.leftOutImages ?? []);
  const placed =
    mode === 'none'
      ? ok(0)
      : await placePictures(prepared.source, pictures, sink, placing, {
          format: target,
          options: writeOptions,
          mode,
          leftOut,
          signal,
        });
  if (!placed.ok) return placed;
  if (signal.aborted) return err(interrupted());
  const folder = await sink.read({ sizeElsewhere: (place) => opened.folder.imageSize(place) });
  if (!folder.ok) return folder;
  const compared = await readBack(target, folder.value, prepared.source, {
    options: writeOptions,
    onLoss,
    leftOutBefore: prepared.report().leftOut,
  });
  if (signal.aborted) return err(interrupted());
  return ok({
    from: opened.format.id,
    to: target.id,
    written: written.value,
    parts: [prepared.report(), written.value, placing.report(), compared],
    readBack: compared.report,
    fidelity,
    pictures: { mode, placed: placed.value },
    notes: [...(written.value.notes ?? []), ...sink.nameNotes()],
    problems,
  });
}

/** The same source; between images what was lost goes to the disk. */
function draining(source: DatasetSource, report: ReportFile | null): DatasetSource {
  if (report === null) return source;
  return {
    labels: () => source.labels(),
    images: () => source.images(),
    async *annotationsByImage() {
      for await (const image of source.annotationsByImage()) {
        await report.drained();
        yield image;
      }
    },
  };
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
