import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { DatasetProblem } from '../../shared/formats/format';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from '../datasets-io/file-error';
import { createLossFile, type LossFile } from '../datasets-io/loss-file';

/** A fidelity report with every loss one by one, as one JSON object (.json) or as a line of JSON for each loss (.jsonl). */
export interface ReportFile {
  add(loss: DatasetProblem): void;
  drained(): Promise<void>;
  /** Shows the report under its name. */
  commit(summary: Readonly<Record<string, unknown>>): Promise<Result<null>>;
  discard(): Promise<void>;
}

export function createReportFile(file: string): Result<ReportFile> {
  const isLines = file.endsWith('.jsonl');
  if (!isLines && !file.endsWith('.json')) {
    return err(
      appError('usage.bad-arguments', `--report takes a file that ends with .json or .jsonl, not "${file}".`),
    );
  }
  const place = path.resolve(file);
  const losses = createLossFile(path.dirname(place));
  return ok({
    add: losses.add,
    drained: losses.drained,
    async commit(summary) {
      try {
        if (isLines) {
          if (!(await losses.commit(place))) await writeFile(place, '');
        } else {
          await writeObject(place, losses, summary);
        }
        return ok(null);
      } catch (thrown) {
        return err(fileError(thrown, file, 'write'));
      }
    },
    discard: losses.discard,
  });
}

/** The losses are copied line by line, so that a report of millions takes no memory. */
async function writeObject(
  place: string,
  losses: LossFile,
  summary: Readonly<Record<string, unknown>>,
): Promise<void> {
  const lines = `${place}.${randomUUID()}.lines`;
  const partial = `${place}.${randomUUID()}.partial`;
  let handle: FileHandle | null = null;
  try {
    const hasLosses = await losses.commit(lines);
    handle = await open(partial, 'wx');
    const { losses: _samples, ...rest } = summary;
    await handle.writeFile(`${JSON.stringify(rest).slice(0, -1)},"losses":[`);
    let isFirst = true;
    for await (const line of hasLosses ? createInterface({ input: createReadStream(lines) }) : []) {
      await handle.writeFile(`${isFirst ? '' : ','}\n${line}`);
      isFirst = false;
    }
    await handle.writeFile('\n]}\n');
    await handle.close();
    handle = null;
    await rename(partial, place);
  } finally {
    await handle?.close();
    await rm(lines, { force: true });
    await rm(partial, { force: true });
  }
}
