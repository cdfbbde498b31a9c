import fs from 'node:fs';
import type Vips from 'wasm-vips';
import type { Owned } from './vips-ownership';

/**
 * A file that libvips reads piece by piece. Given a path, it would first copy the whole file into its memory, which has
 * no room for files of some GB. Throws what Node's file system throws when the file cannot be opened.
 */
export function openSource(vips: typeof Vips, file: string, own: Owned): Vips.SourceCustom {
  const descriptor = fs.openSync(file, 'r');
  own({ delete: () => fs.closeSync(descriptor) });
  const { size } = fs.fstatSync(descriptor);
  let at = 0;
  const source = own(new vips.SourceCustom());
  source.onRead = (length) => {
    const bytes = new Uint8Array(length);
    const count = fs.readSync(descriptor, bytes, 0, length, at);
    at += count;
    return count === 0 ? undefined : bytes.subarray(0, count);
  };
  // As lseek: from the start, from here, from the end.
  source.onSeek = (offset, whence) => {
    at = Number(offset) + (whence === 0 ? 0 : whence === 1 ? at : size);
    return at;
  };
  return source;
}

/** In order, once, with little memory. */
export function openInOrder(
  vips: typeof Vips,
  file: string,
  failOn: 'none' | 'error',
  own: Owned,
): Vips.Image {
  const options = { access: 'sequential', fail_on: failOn } as const;
  return own(vips.Image.newFromSource(openSource(vips, file, own), '', options));
}
