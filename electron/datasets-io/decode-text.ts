import { isAscii } from 'node:buffer';

/** Where an XML declaration ends at the latest; longer ones are none. */
const DECLARATION_BYTES = 200;

/**
 * The encoding of a text by its byte order mark, else by what an XML declaration names, else UTF-8. Spreadsheets and
 * Windows tools write UTF-16, older XML tools the encodings of their country. A name that nothing is known of is UTF-8.
 */
export function encodingOf(start: Uint8Array): string {
  const [first, second, third, fourth] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // `<?` in two bytes a character, as XML may begin without a mark.
  if (first === 0x3c && second === 0 && third === 0x3f && fourth === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && third === 0 && fourth === 0x3f) return 'utf-16be';
  return first === 0x3c && second === 0x3f ? declaredEncoding(start) : 'utf-8';
}

function declaredEncoding(start: Uint8Array): string {
  const text = Buffer.from(start.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const name = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>/.exec(text)?.[1]?.toLowerCase();
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  if (name === undefined || name === 'utf-8' || name.startsWith('utf-16')) return 'utf-8';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return 'utf-8';
  }
}

/** What Windows-1252 has in place of the control characters 0x80 to 0x9F. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

/** Some releases of Node take Windows-1252 for Latin-1 and leave those as control characters. */
function mended(text: string, encoding: string): string {
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9F]/g, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
}

/** A whole text. Bytes that are no character become U+FFFD. */
export function decodedText(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  return encoding === 'utf-8'
    ? bytes.toString('utf8')
    : mended(new TextDecoder(encoding).decode(bytes), encoding);
}

/** A text in chunks; characters that lie across two chunks come whole in the second. */
export async function* decodedChunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let encoding = 'utf-8';
  // Whether the last chunk may have ended in the middle of a character.
  let isOpen = false;
  for await (const chunk of chunks) {
    const isPlain = decoder !== null && encoding === 'utf-8' && !isOpen;
    if (isPlain && isAscii(chunk)) {
      // The same text at a quarter of the cost: most of a file of numbers is this.
      yield chunk.toString('latin1');
      continue;
    }
    isOpen = (chunk.at(-1) ?? 0) > 0x7f;
    if (decoder === null) {
      encoding = encodingOf(chunk);
      // ignoreBOM keeps the mark of UTF-8 in the text, as readers expect it; it is no part of a number or a name.
      decoder = new TextDecoder(encoding, { ignoreBOM: encoding === 'utf-8' });
    }
    yield mended(decoder.decode(chunk, { stream: true }), encoding);
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

/** The beginning of a text; a character that is cut off at its end is left out. */
export function decodedHead(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  return mended(new TextDecoder(encoding).decode(bytes, { stream: true }), encoding);
}
