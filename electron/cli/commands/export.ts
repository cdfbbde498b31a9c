import path from 'node:path';
import { formatById } from '../../../shared/formats/index';
import type { ExportReport } from '../../../shared/ipc/channels/datasets';
import { err, ok, type Result } from '../../../shared/result/result';
import type { VersionManifest } from '../../../shared/schema/dataset-version';
import { isArchive } from '../../datasets-io/zip/open-dataset-zip';
import type { ImageTargets } from '../../store/copy-images';
import { exportVersion } from '../../store/export-version';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { lossLines } from '../conversion-answer';
import { unknownFormat } from '../open-dataset';
import { HOME_OPTION, lakeOf } from '../open-lake';
import { addExportFlags, collectPairs, exportValues, formatIds, pairsAsValues } from '../option-flags';
import { isReadBackClean, readBackInWords, roundingNotes } from '../read-back-words';
import { createReportFile } from '../report-file';
import { counted } from '../text-table';

interface ExportOptions extends Readonly<Record<string, unknown>> {
  readonly json?: boolean;
  readonly home?: string;
  readonly to: string;
  readonly option?: readonly string[];
  readonly imagesFrom?: readonly string[];
  readonly link?: boolean;
  readonly report?: string;
  readonly force?: boolean;
}

export const exportCommand: CliCommand = {
  name: 'export',
  add(program, context) {
    const command = program
      .command('export')
      .summary('write a dataset version in a format that trainers read')
      .description(
        'Writes a version of the lake in any format, reads it back and compares it. The output appears whole or not at all.',
      )
      .argument('<version>', 'id of the version, or a unique beginning of it')
      .argument(
        '<out>',
        'folder to write to, which must not exist or be empty, or a name that ends with .zip or .gmk',
      )
      .requiredOption('--to <format>', `format to write (${formatIds()})`)
      .option('--option <id=choice>', 'a write option of the format; may be repeated', collectPairs)
      .option('--images-from <folder...>', 'copy the pictures from here beside the labels')
      .option('--link', 'hard links of the pictures in place of copies');
    addExportFlags(command)
      .option('--report <file>', 'write every loss one by one to this .json or .jsonl file')
      .option('--force', 'replace what is in <out>')
      .option(...HOME_OPTION)
      .option('--json', 'print the report as one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark export 3f9c out/ --to coco
  groundmark export 3f9c out.zip --to yolo --images-from photos/ --option task=segment

Exit codes:
  0  everything was kept, and read back the same
  3  written; the report lists what was dropped, clipped or rounded
  2  the version is not known or damaged, or <out> cannot be written`,
      )
      .action((version: string, out: string, options: ExportOptions) =>
        context.run(options, (signal) => exported(version, out, options, signal)),
      );
  },
};

async function exported(
  version: string,
  out: string,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const lake = lakeOf(options.home);
  const id = await lake.resolve(version);
  if (!id.ok) return id;
  const stored = await lake.version(id.value);
  if (!stored.ok) return stored;
  const format = formatById(options.to);
  if (format === null) return err(unknownFormat(options.to));
  const writeOptions = pairsAsValues(options.option ?? [], format.writeOptions, '--option');
  if (!writeOptions.ok) return writeOptions;
  const reporting = options.report === undefined ? ok(null) : createReportFile(options.report);
  if (!reporting.ok) return reporting;
  const reportFile = reporting.value;
  try {
    const report = await exportVersion(lake, {
      versionId: id.value,
      formatId: format.id,
      options: writeOptions.value,
      exportOptions: exportValues(options),
      container: isArchive(out) ? 'zip' : 'folder',
      listsLosses: false,
      ...(reportFile === null ? {} : { onLoss: reportFile.add }),
      target: { kind: 'exactly', place: out, isForced: options.force === true },
      pictures:
        options.imagesFrom === undefined
          ? null
          : {
              mode: options.link === true ? 'link' : 'copy',
              sources: imageTargets(stored.value.manifest, options.imagesFrom),
            },
      signal,
      onProgress: () => undefined,
    });
    if (!report.ok) return report;
    const answered = answer(id.value, out, report.value);
    const reported = await reportFile?.commit(answered.json);
    return reported?.ok === false ? reported : ok(answered);
  } finally {
    await reportFile?.discard();
  }
}

/** Each source is looked for in the folder of its name; a single folder serves all. */
function imageTargets(manifest: VersionManifest, folders: readonly string[]): ImageTargets {
  const [first, another] = folders;
  return Object.fromEntries(
    manifest.sources.flatMap(({ id, displayName }) => {
      const named = folders.find((folder) => path.basename(path.resolve(folder)) === displayName);
      const folder = named ?? (another === undefined ? first : undefined);
      return folder === undefined ? [] : [[id, { kind: 'folder', root: path.resolve(folder) }] as const];
    }),
  );
}

function answer(id: string, out: string, report: ExportReport): CliAnswer {
  const { readBack } = report;
  const isClean = Object.keys(report.lossCountByCode).length === 0 && isReadBackClean(readBack);
  return {
    exitCode: isClean ? EXIT.ok : EXIT.lossy,
    json: { version: id, out, isClean, ...report },
    text: [
      `${id.slice(0, 12)} -> ${out} (${report.formatId})`,
      `${counted(report.images, 'image')}, ${counted(report.annotations, 'annotation')}, ${counted(report.filesWritten, 'file')}, ${report.byteSize} bytes`,
      readBackInWords(readBack),
      isClean ? 'Nothing was lost.' : 'Not everything could be kept; see above.',
    ].join('\n'),
    notes: [
      ...report.notes.map((note) => `note: ${note}`),
      ...roundingNotes(readBack),
      ...lossLines(report.lossCountByCode, report.losses),
    ],
  };
}
