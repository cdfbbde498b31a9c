import type { Size } from '../../../shared/geometry/rect';
import { type AppError, appError } from '../../../shared/result/app-error';
import { MAX_PIXELS } from '../limits';

/** What libvips throws, as an error for a person. */
export function vipsError(thrown: unknown): AppError {
  return appError(
    'image.undecodable',
    `The picture could not be decoded: ${vipsReason(thrown)}. Open it in another program and save it anew, or leave it out.`,
  );
}

/** libvips throws WebAssembly exceptions, whose message is a pair of a type and lines, or nothing at all. */
function vipsReason(thrown: unknown): string {
  const message: unknown = thrown instanceof Error ? thrown.message : '';
  const lines = (Array.isArray(message) ? message.slice(1) : [message]).flatMap((part) =>
    String(part).split('\n'),
  );
  // The last line is the decoder's own; those before say which step of ours met it, and may name the file.
  const said = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.includes('/'));
  return said.at(-1)?.slice(0, 200) ?? 'its pixels are damaged';
}

export function tooLarge(size: Size): AppError {
  return appError(
    'image.too-large',
    `The picture has ${size.width} × ${size.height} px and the most is ${MAX_PIXELS.toLocaleString('en')} px in all; ` +
      'cut it into parts or scale it down.',
  );
}

export function diskFull(): AppError {
  return appError(
    'file.disk-full',
    'This picture is shown coarsely: the disk of your user profile has no room for its tiles. Your labels are not ' +
      'affected by this; make room and open the picture again.',
  );
}

export function noSuchTile(): AppError {
  return appError(
    'file.not-found',
    'The picture has no such part, or its tiles were removed. Open it again.',
  );
}

export function overtaken(): AppError {
  return appError('job.cancelled', 'Another picture was opened.');
}
