import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng, valuesOfPng } from '../../../../../shared/formats/parts/png/decode-png';
import { encodePng } from '../../../../../shared/formats/parts/png/encode-png';
import { masksOfValues, paintMask } from '../../../../../shared/formats/parts/png/mask-values';
import { okValue } from '../../../../fixtures/ok-value';

const suite = path.resolve(import.meta.dirname, '../../../../../../shared/data/images-robustness');
const isHere = existsSync(suite);
if (!isHere) console.warn('skipped: the PNG suite of ../shared/data is not here');

/** A chunk by the specification; the checksum is left wrong where it must not matter. */
function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function header(width: number, height: number, depth: number, colorType: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colorType, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', data)]);
}

describe('PNG files of numbers', () => {
  it('come back as they went in, of 8 and 16 bits, grey, RGB and indexed', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('grey', 'deep', 'rgb', 'indexed'),
        fc.infiniteStream(fc.nat(65_535)),
        (width, height, kind, numbers) => {
          const channels = kind === 'rgb' ? 3 : 1;
          const count = width * height * channels;
          const given = [...numbers.take(count)];
          const palette = Array.from({ length: 256 }, (_, index) => [index, 255 - index, 7] as const);
          const samples = kind === 'deep' ? Uint16Array.from(given) : Uint8Array.from(given);
          const bytes = encodePng({
            width,
            height,
            channels,
            samples,
            ...(kind === 'indexed' ? { palette } : {}),
          });
          const read = okValue(decodePng(bytes, 'a.png'));
          expect([read.width, read.height, read.channels]).toEqual([width, height, channels]);
          expect([...read.samples]).toEqual([...samples]);
          expect(read.palette).toEqual(kind === 'indexed' ? palette : null);
        },
      ),
    ));

  it('of 1, 2 and 4 bits are unpacked, not scaled', () => {
    // 5 x 1 px: bits 1 0 1 1 0 of 8, then 2 bit samples 3 0 2 1 1, by hand; checksums are made by the encoder's own path.
    const rows = { 1: [0, 0b10110000], 2: [0, 0b11001001, 0b01000000], 4: [0, 0xf0, 0x2a, 0x50] } as const;
    const expected = { 1: [1, 0, 1, 1, 0], 2: [3, 0, 2, 1, 1], 4: [15, 0, 2, 10, 5] } as const;
    for (const depth of [1, 2, 4] as const) {
      const file = withChecksums(
        Buffer.concat([
          header(5, 1, depth, 0),
          chunk('IDAT', deflateSync(Buffer.from(rows[depth]))),
          chunk('IEND', Buffer.alloc(0)),
        ]),
      );
      expect([...okValue(decodePng(file, 'a.png')).samples]).toEqual([...expected[depth]]);
    }
  });

  it.each([
    ['no PNG', Buffer.from('GIF89a and more than thirty-three bytes of it'), 'image.undecodable'],
    ['nothing', Buffer.alloc(0), 'image.undecodable'],
    ['a size of 4 billion pixels', header(65_535, 65_535, 8, 0), 'image.too-large'],
    [
      'a bomb',
      Buffer.concat([
        header(8, 8, 8, 0),
        chunk('IDAT', deflateSync(Buffer.alloc(300_000_000), { level: 9 })),
        chunk('IEND', Buffer.alloc(0)),
      ]),
      'image.too-large',
    ],
    [
      'a chunk that ends behind the file',
      Buffer.concat([header(8, 8, 8, 0), Buffer.from([255, 255, 255, 255]), Buffer.from('IDAT')]),
      'image.undecodable',
    ],
  ])('%s is refused', (_what, bytes, code) => {
    const read = decodePng(bytes, 'masks/a.png');
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(read.error.code).toBe(code);
      expect(read.error.message).toContain('masks/a.png');
    }
  });

  it('cut or changed anywhere never throw', () => {
    const whole = encodePng({ width: 9, height: 9, channels: 1, samples: new Uint8Array(81).fill(3) });
    for (let at = 0; at < whole.length; at += 1) {
      decodePng(whole.slice(0, at), 'a.png');
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      decodePng(changed, 'a.png');
    }
  });

  it.skipIf(!isHere)('of the official suite are decoded, and its broken ones refused', () => {
    const folder = path.join(suite, 'suites/go_std_image/png/testdata');
    const names = readdirSync(folder, { recursive: true })
      .map((name) => String(name).replaceAll('\\', '/'))
      .filter((name) => /(?:pngsuite\/.*|invalid-(?:crc32|noend|trunc))\.png$/.test(name));
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const read = decodePng(readFileSync(path.join(folder, name)), name);
      // Interlaced and of less than 8 bits, which is refused with what to do.
      const isRefused = name.includes('invalid') || name.endsWith('basn3p04-31i.png');
      expect([name, read.ok]).toEqual([name, !isRefused]);
      if (read.ok)
        expect(read.value.samples.length).toBe(read.value.width * read.value.height * read.value.channels);
    }
  });
});

describe('masks of pixel values', () => {
  it('painted again give the same values', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.nat(4)),
        (width, height, numbers) => {
          const values = Uint16Array.from([...numbers.take(width * height)]);
          const masks = masksOfValues(values, { width, height }, (value) => value !== 0);
          const again = new Uint16Array(values.length);
          for (const [value, mask] of masks ?? []) {
            expect(paintMask(again, { width, height }, mask, value).covered).toBe(0);
          }
          expect([...again]).toEqual([...values]);
          expect([...(masks ?? new Map()).keys()]).toEqual(
            [...new Set(values)].filter((value) => value !== 0).sort((a, b) => a - b),
          );
        },
      ),
    ));

  it('are what is drawn', () => {
    // . 7 7
    // . 7 .
    const masks = masksOfValues(
      Uint8Array.of(0, 7, 7, 0, 7, 0),
      { width: 3, height: 2 },
      (value) => value > 0,
    );
    // By columns: 7 7 | 7 . -> runs of 0 unset, 3 set, 1 unset, in COCO's characters.
    expect([...(masks ?? [])]).toEqual([[7, { type: 'mask', x: 1, y: 0, width: 2, height: 2, rle: '031' }]]);
  });

  it('RGB pixels are numbers by their bytes', () => {
    const png = encodePng({ width: 2, height: 1, channels: 3, samples: Uint8Array.of(1, 2, 3, 255, 0, 1) });
    expect([...valuesOfPng(okValue(decodePng(png, 'a.png')))]).toEqual([0x010203, 0xff0001]);
  });
});

/** Writes each chunk's checksum, by the polynomial of the specification. */
function withChecksums(file: Buffer): Buffer {
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    let crc = 0xffffffff;
    for (const byte of file.subarray(at + 4, at + 8 + length)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    file.writeUInt32BE((crc ^ 0xffffffff) >>> 0, at + 8 + length);
    at += 12 + length;
  }
  return file;
}
