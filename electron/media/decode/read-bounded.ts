import fs from 'node:fs/promises';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { faultToError, fileFault } from '../scan/file-fault';

/** WebAssembly has 4 GiB at most, of which the decoded picture needs its part. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** A whole file, unless it is larger than a decoder can take: `image.too-large`. */
export async function readBounded(file: string): Promise<Result<Buffer>> {
  try {
    const handle = await fs.open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_FILE_BYTES) {
        return err(
          appError(
            'image.too-large',
            `The file has ${Math.round(size / 1024 / 1024)} MB; pictures of this format are shown up to ` +
              `${MAX_FILE_BYTES / 1024 / 1024} MB. Save it as JPEG or PNG, or cut it into tiles.`,
          ),
        );
      }
      return ok(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(faultToError(fileFault(thrown, 'file')));
  }
}
