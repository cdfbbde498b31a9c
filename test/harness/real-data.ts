import { existsSync } from 'node:fs';
import path from 'node:path';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { detectFormats } from '../../shared/formats/detect-formats';
import type { DatasetFormat } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { sourceFromFolder } from '../../shared/formats/source-from-folder';
import type { Size } from '../../shared/geometry/rect';
import { compareWithRead, comparisonFor } from '../../shared/quality/comparison-for';
import { okValue } from '../fixtures/ok-value';
import { collected, memoryFolder, memorySink } from './memory-dataset';

/** Other people's datasets, which may be absent. */
export const REAL_DATA = path.resolve(import.meta.dirname, '../../../shared/data');
export const DATUMARO_ASSETS = path.join(REAL_DATA, 'formats/datumaro/tests/assets');
export const isRealDataHere = existsSync(REAL_DATA);

/** Formats that a folder is offered as, and all that the first of them reads. */
export async function readReal(folder: string, options?: OptionValues) {
  const opened = okValue(await openDatasetFolder(folder));
  const detected = (await detectFormats(opened)).filter(({ confidence }) => confidence >= 0.5);
  const format = detected[0]?.format;
  if (format === undefined) throw new Error(`nothing was detected in ${folder}`);
  return {
    formatIds: detected.map((found) => found.format.id),
    read: await collected(format.read(opened, options)),
  };
}

/** How a folder that is written by its format and read again differs, by what the format promises. */
export async function rewritten(
  format: DatasetFormat,
  folder: string,
  options: { readonly read?: OptionValues; readonly write?: OptionValues } = {},
) {
  const opened = okValue(await openDatasetFolder(folder));
  const source = sourceFromFolder({ ...format, read: (from) => format.read(from, options.read) }, opened);
  const sink = memorySink();
  const report = okValue(await format.write(source, sink, { options: options.write ?? {} }));
  const problems: string[] = [];
  const sizes = new Map<string, Size>();
  for await (const image of source.images()) {
    const place = format.picturePath(image, options.write);
    if (place !== null && image.size !== null) sizes.set(place, image.size);
  }
  // Pictures lie where the format wants them, as in an export.
  const files = new Map<string, string | Uint8Array>(sink.files);
  for (const place of sizes.keys()) if (!files.has(place)) files.set(place, new Uint8Array());
  const comparison = await compareWithRead(
    source,
    format.read(memoryFolder(files, { sizes })),
    comparisonFor(format.fidelity(options.write)),
    { onProblem: (problem) => problems.push(problem.code) },
  );
  return { report, comparison, problems, files: sink.files };
}
