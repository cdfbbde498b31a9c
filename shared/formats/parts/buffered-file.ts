import type { DatasetSink } from '../format';

/** Few, large writes: a write call a line costs more than making the line. */
const FLUSH_AT_CHARS = 256 * 1024;

export interface BufferedFile {
  write(text: string): void | Promise<void>;
  close(): Promise<void>;
}

/** Opens a file of the sink whose small writes are gathered; `write` returns a promise only when it flushes. */
export async function openBuffered(sink: DatasetSink, path: string): Promise<BufferedFile> {
  const file = await sink.open(path);
  let parts: string[] = [];
  let chars = 0;
  const flush = async () => {
    const text = parts.join('');
    parts = [];
    chars = 0;
    if (text !== '') await file.write(text);
  };
  return {
    write(text) {
      parts.push(text);
      chars += text.length;
      return chars >= FLUSH_AT_CHARS ? flush() : undefined;
    },
    async close() {
      await flush();
      await file.close();
    },
  };
}
