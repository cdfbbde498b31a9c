import { MAX_PARTS } from '../limits';
import type { ByteSource } from './byte-source';

/** A box of an ISO media file; its content lies in `contentAt` to `end`, in bytes from the start of the file. */
export interface IsoBox {
  readonly type: string;
  readonly contentAt: number;
  /** May lie behind the end of the file when that was cut off. */
  readonly end: number;
}

/** The boxes side by side in a range, in order; stops at the first that has no sensible length. */
export function* isoBoxes(source: ByteSource, from: number, to: number): Generator<IsoBox> {
  let at = from;
  for (let part = 0; part < MAX_PARTS && at + 8 <= to; part++) {
    const head = source.window(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const isLong = short === 1;
    if (isLong && head.length < 16) return;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    const headerSize = isLong ? 16 : 8;
    if (length < headerSize) return;
    yield { type: head.toString('latin1', 4, 8), contentAt: at + headerSize, end: at + length };
    at += length;
  }
}

/** Reads big-endian numbers one after the other; 0 behind the end, which no caller takes for something valid. */
export class BoxReader {
  private at: number;

  constructor(
    private readonly source: ByteSource,
    box: IsoBox,
  ) {
    this.at = box.contentAt;
    this.end = Math.min(box.end, source.size);
  }

  private readonly end: number;

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** @param size bytes, 0 to 8. */
  number(size: number): number {
    const bytes = this.at + size <= this.end ? this.source.window(this.at, size) : null;
    this.at += size;
    if (bytes === null || bytes.length < size || size === 0) return 0;
    return size <= 6 ? bytes.readUIntBE(0, size) : Number(bytes.readBigUInt64BE(0));
  }

  text(size: number): string {
    const bytes = this.source.window(this.at, size);
    this.at += size;
    return bytes.toString('latin1');
  }
}
