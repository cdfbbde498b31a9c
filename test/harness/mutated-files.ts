import fc from 'fast-check';

/** One change of one file of a dataset; applied to bytes, so that it may break an encoding too. */
export type Mutation = (bytes: Uint8Array) => Uint8Array;

const HOSTILE_NUMBERS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1',
  '0',
  '-0',
  '1e-320',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '1,5',
  '',
  'null',
  '"7"',
  '[]',
  '{}',
  'true',
];

const HOSTILE_TEXTS = [
  '../../outside.jpg',
  '/etc/passwd',
  'C:\\\\images\\\\a.jpg',
  '\\\\\\\\server\\\\share\\\\a.jpg',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u202egpj.a',
  'a'.repeat(5000),
  '&lol9;',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '😀'.repeat(40),
  '%2e%2e%2f',
  'a\nb',
  '"',
  "'",
  ',',
  ';',
  '\t',
];

const encoder = new TextEncoder();

/** Any of the ways in which files come damaged: cut, overwritten, doubled, and with values no one meant to write. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (share): Mutation =>
      (bytes) =>
        bytes.slice(0, share * bytes.length),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)).map(
    ([share, value]): Mutation =>
      (bytes) => {
        const changed = bytes.slice();
        const at = Math.floor(share * bytes.length);
        if (at < changed.length) changed[at] = value;
        return changed;
      },
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ minLength: 1, maxLength: 40 })).map(
    ([share, inserted]): Mutation =>
      (bytes) =>
        spliced(bytes, share, 0, inserted),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200)).map(
    ([share, length]): Mutation =>
      (bytes) =>
        spliced(bytes, share, length, new Uint8Array()),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 300 })).map(
    ([share, length]): Mutation =>
      (bytes) => {
        const at = Math.floor(share * bytes.length);
        return spliced(bytes, share, 0, bytes.slice(at, at + length));
      },
  ),
  fc.tuple(fc.nat(1000), fc.constantFrom(...HOSTILE_NUMBERS)).map(
    ([nth, value]): Mutation =>
      (bytes) =>
        replaced(bytes, /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, nth, value),
  ),
  fc.tuple(fc.nat(1000), fc.constantFrom(...HOSTILE_TEXTS)).map(
    ([nth, value]): Mutation =>
      (bytes) =>
        replaced(bytes, /[\p{L}_][\p{L}\d_.-]*/gu, nth, value),
  ),
  fc.tuple(fc.nat(1000), fc.nat(1000)).map(
    ([from, to]): Mutation =>
      (bytes) => {
        const lines = textOf(bytes).split('\n');
        const line = lines[from % lines.length] ?? '';
        lines.splice(to % (lines.length + 1), 0, line);
        return bytesOf(lines.join('\n'));
      },
  ),
  fc.constant<Mutation>((bytes) => spliced(bytes, 0, 0, Uint8Array.of(0xef, 0xbb, 0xbf))),
  fc.constant<Mutation>((bytes) => bytesOf(textOf(bytes).replaceAll('\n', '\r\n'))),
  fc.constant<Mutation>((bytes) =>
    Uint8Array.from([
      0xff,
      0xfe,
      ...[...textOf(bytes)].flatMap((character) => [character.charCodeAt(0) & 255, 0]),
    ]),
  ),
);

/** Latin-1 both ways, so that bytes that are no text survive a change of text. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function spliced(bytes: Uint8Array, share: number, removed: number, inserted: Uint8Array): Uint8Array {
  const at = Math.floor(share * bytes.length);
  return new Uint8Array(Buffer.concat([bytes.slice(0, at), inserted, bytes.slice(at + removed)]));
}

function replaced(bytes: Uint8Array, pattern: RegExp, nth: number, value: string): Uint8Array {
  const text = textOf(bytes);
  const found = [...text.matchAll(pattern)];
  const match = found[nth % Math.max(1, found.length)];
  if (match === undefined) return bytes;
  const latin = Buffer.from(encoder.encode(value)).toString('latin1');
  return bytesOf(text.slice(0, match.index) + latin + text.slice(match.index + match[0].length));
}
