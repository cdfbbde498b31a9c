// Chromium shows a cut-off file as if it were whole, with its last rows grey, and says nothing.

/** The end of most files is found here; the rest is searched only when it is not. */
const TAIL_BYTES = 64 * 1024;

const JPEG_END = [0xff, 0xd9] as const;
const PNG_END = [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82] as const;

/** True when a JPEG or PNG lacks its end marker. Others are not looked at: their decoders fail when they are cut off. */
export async function isCutOff(file: Blob): Promise<boolean> {
  const end = file.type === 'image/jpeg' ? JPEG_END : file.type === 'image/png' ? PNG_END : null;
  if (end === null) return false;
  const tail = new Uint8Array(await file.slice(-TAIL_BYTES).arrayBuffer());
  if (holds(tail, end)) return false;
  if (file.size <= TAIL_BYTES) return true;
  // Phones put films behind the picture.
  return !holds(new Uint8Array(await file.arrayBuffer()), end);
}

function holds(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const [first = 0] = wanted;
  for (let at = bytes.lastIndexOf(first); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
