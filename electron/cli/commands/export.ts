import path from 'node:path';
import type { ExportReport } from '../../../shared/ipc/channels/datasets';
import { ok, type Result } from '../../../shared/result/result';
import type { VersionManifest } from '../../../shared/schema/dataset-version';
import type { ImageTargets } from '../../store/copy-images';
import { exportVersion } from '../../store/export-version';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { HOME_OPTION, lakeOf } from '../open-lake';
import { counted } from '../text-table';

interface ExportOptions {
  readonly json?: boolean;
  readonly home?: string;
  readonly to: string;
  readonly imagesFrom?: readonly string[];
  readonly force?: boolean;
}

export const exportCommand: CliCommand = {
  name: 'export',
  add(program, context) {
    program
      .command('export')
      .summary('write a dataset version in a format that trainers read')
      .description(
        'Writes a version of the lake as COCO or YOLO, reads it back and compares it. The output appears whole or not at all.',
      )
      .argument('<version>', 'id of the version, or a unique beginning of it')
      .argument('<out>', 'folder to write to; must not exist or be empty')
      .requiredOption('--to <format>', 'format to write (coco, yolo)')
      .option('--images-from <folder...>', 'copy the pictures from here beside the labels')
      .option('--force', 'replace what is in <out>')
      .option(...HOME_OPTION)
      .option('--json', 'print the report as one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark export 3f9c out/ --to coco
  groundmark export 3f9c out/ --to yolo --images-from photos/

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
  const report = await exportVersion(lake, {
    versionId: id.value,
    formatId: options.to,
    options: {},
    exportOptions: {},
    container: 'folder',
    listsLosses: false,
    target: { kind: 'exactly', place: out, isForced: options.force === true },
    pictures:
      options.imagesFrom === undefined
        ? null
        : { mode: 'copy', sources: imageTargets(stored.value.manifest, options.imagesFrom) },
    signal,
    onProgress: () => undefined,
  });
  return report.ok ? ok(answer(id.value, out, report.value)) : report;
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
  const losses = Object.entries(report.lossCountByCode);
  const { readBack } = report;
  const isClean =
    losses.length === 0 && readBack.missing + readBack.extra + readBack.moved + readBack.relabelled === 0;
  return {
    exitCode: isClean ? EXIT.ok : EXIT.lossy,
    json: { version: id, out, isClean, ...report },
    text: [
      `${id.slice(0, 12)} -> ${out} (${report.formatId})`,
      `${counted(report.images, 'image')}, ${counted(report.annotations, 'annotation')}, ${counted(report.filesWritten, 'file')}, ${report.byteSize} bytes`,
      `read back: ${readBack.matched} of ${readBack.matched + readBack.missing + readBack.moved + readBack.relabelled} annotations match, the worst coordinate by ${readBack.largestCoordinateError.toPrecision(3)} px; ${readBack.missing} missing, ${readBack.extra} extra, ${readBack.moved} moved, ${readBack.relabelled} relabelled`,
      isClean ? 'Nothing was lost.' : 'Not everything could be kept; see above.',
    ].join('\n'),
    notes: losses.map(([code, count]) => {
      const first = report.losses.find((loss) => loss.code === code);
      return `loss: ${code} × ${count}${first === undefined ? '' : `, e.g. ${first.message}`}`;
    }),
  };
}
