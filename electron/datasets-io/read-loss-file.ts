import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { DatasetProblem } from '../../shared/formats/format';
import { DatasetProblemSchema } from '../../shared/ipc/channels/label-imports';
import { unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';

/**
 * The lines of a loss file, at most so many. What is no line of ours is passed over: the file lies where anybody may
 * edit it.
 */
export async function readLossFile(file: string, most: number): Promise<Result<readonly DatasetProblem[]>> {
  const losses: DatasetProblem[] = [];
  const stream = createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (losses.length >= most) break;
      const loss = lossOf(line);
      if (loss !== null) losses.push(loss);
    }
    return ok(losses);
  } catch (thrown) {
    return err(unexpectedError(thrown, 'reading what an export lost'));
  } finally {
    stream.destroy();
  }
}

function lossOf(line: string): DatasetProblem | null {
  try {
    return DatasetProblemSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
