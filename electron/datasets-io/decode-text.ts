/** The encoding of a text by its byte order mark; without one it is UTF-8. Spreadsheets and Windows tools write UTF-16. */
export function encodingOf(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** A whole text. Bytes that are no character become U+FFFD. */
export function decodedText(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  return encoding === 'utf-8' ? bytes.toString('utf8') : new TextDecoder(encoding).decode(bytes);
}

/** A text in chunks; characters that lie across two chunks come whole in the second. */
export async function* decodedChunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    // ignoreBOM keeps the mark of UTF-8 in the text, as readers expect it; it is no part of a number or a name.
    decoder ??= new TextDecoder(encodingOf(chunk), { ignoreBOM: encodingOf(chunk) === 'utf-8' });
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** The beginning of a text; a character that is cut off at its end is left out. */
export function decodedHead(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: true });
}
