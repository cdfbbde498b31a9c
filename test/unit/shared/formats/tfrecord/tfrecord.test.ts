import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../../../shared/formats/parts/tfrecord/crc32c';
import { exampleBytes, exampleFrom } from '../../../../../shared/formats/parts/tfrecord/example';
import { framedRecord, readRecords } from '../../../../../shared/formats/parts/tfrecord/records';
import { labelMapFrom, labelMapItem } from '../../../../../shared/formats/tfrecord/label-map';
import { tfrecord } from '../../../../../shared/formats/tfrecord/tfrecord';
import { ok } from '../../../../../shared/result/result';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const text = (value: string) => new TextEncoder().encode(value);

describe('CRC-32C', () => {
  it('has the values of RFC 3720, appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
    expect(crc32c(text('123456789'))).toBe(0xe3069283);
  });

  it('is masked as TensorFlow does', () => {
    // ((0xe3069283 >> 15 | 0xe3069283 << 17) + 0xa282ead8) mod 2^32, worked out with Python's integers.
    expect(maskedCrc32c(text('123456789'))).toBe(0xc78ab0e5);
  });
});

async function records(bytes: Uint8Array) {
  const found: string[] = [];
  for await (const record of readRecords(
    memoryFolder(new Map([['a.tfrecord', bytes]]), { chunkChars: 5 }),
    'a.tfrecord',
  )) {
    found.push('data' in record ? new TextDecoder().decode(record.data) : `(${record.fault})`);
  }
  return found;
}

describe('records', () => {
  const three = Buffer.concat(['one', '', 'three'].map((word) => framedRecord(text(word))));

  it('come back as they went in', async () => {
    expect(await records(three)).toEqual(['one', '', 'three']);
  });

  it('that are damaged are named, and those behind them read', async () => {
    const data = Uint8Array.from(three);
    data[12] = 0x4f;
    expect(await records(data)).toEqual(['(does not fit its checksum)', '', 'three']);
    const length = Uint8Array.from(three);
    length[0] = 99;
    expect(await records(length)).toEqual(['(has a length that its checksum does not fit)']);
    expect(await records(three.subarray(0, three.length - 1))).toEqual(['one', '', '(is cut off)']);
  });
});

describe('examples', () => {
  it('come back as they went in', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }),
          fc.oneof(
            fc.record({ bytes: fc.array(fc.uint8Array({ minLength: 1 }), { minLength: 1 }) }),
            fc.record({ floats: fc.array(fc.float({ noNaN: true }), { minLength: 1 }) }),
            fc.record({ ints: fc.array(fc.integer({ min: -1000, max: 2 ** 40 }), { minLength: 1 }) }),
          ),
          { maxKeys: 5 },
        ),
        (features) => {
          const map = new Map(Object.entries(features));
          const read = exampleFrom(exampleBytes(map));
          expect(read).toEqual(map);
        },
      ),
    ));

  it('of nonsense are none', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = exampleFrom(bytes);
        expect(read === null || read instanceof Map).toBe(true);
      }),
    ));
});

describe('label maps', () => {
  it('are read in any order, quotes and with comments', () => {
    expect(
      labelMapFrom(
        'item{name:"a \\"b\\"" # c }\nid: 2}\nitem { id: 3, name: \'it\\\'s\' }\nitem {name: "x"}\nitem{id:7 display_name:"seven"}',
      ),
    ).toEqual([
      { id: 2, name: 'a "b"' },
      { id: 3, name: "it's" },
      { id: 7, name: 'seven' },
    ]);
  });

  it('write every name so that it comes back', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), (name) => {
        fc.pre(name.trim() === name && name.length <= 100);
        expect(labelMapFrom(labelMapItem({ id: 1, name }))).toEqual([{ id: 1, name }]);
      }),
    ));
});

describe('writing TFRecords', () => {
  it('gives boxes that end at the edges, fills masks of boxes and carries pictures', async () => {
    const sink = memorySink();
    const annotation = { imageKey: 'a.png', classIndex: 1, isCrowd: false, attributes: {}, score: null };
    const report = okValue(
      await tfrecord.write(
        memorySource({
          labels: [{ classIndex: 1, name: 'car', supercategory: null }],
          images: [
            {
              image: { key: 'a.png', size: { width: 4, height: 2 }, split: 'test', state: 'labelled' },
              annotations: [
                { ...annotation, shape: { type: 'box', x: -1, y: 0, width: 2, height: 1 } },
                { ...annotation, shape: { type: 'box', x: 9, y: 0, width: 2, height: 1 } },
                { ...annotation, shape: { type: 'mask', x: 1, y: 1, width: 1, height: 1, rle: '01' } },
                { ...annotation, shape: { type: 'tag' } },
              ],
            },
            {
              image: { key: 'b.png', size: null, split: 'test', state: 'labelled' },
              annotations: [{ ...annotation, shape: { type: 'tag' } }],
            },
          ],
        }),
        sink,
        { options: {}, pictureBytes: async () => ok(Uint8Array.from([9, 8, 7])) },
      ),
    );
    expect(report.lossCountByCode).toEqual({
      'box-outside-image': 1,
      'unsupported-shape': 1,
      'image-size-unknown': 1,
    });
    expect([report.images, report.annotations, report.leftOutImages]).toEqual([1, 2, ['b.png']]);
    expect(report.notes).toHaveLength(1);
    // What TensorFlow sees of the first box ends at the edge.
    let seen: unknown = null;
    for await (const record of readRecords(memoryFolder(sink.files), 'test.tfrecord')) {
      if ('data' in record) seen = exampleFrom(record.data)?.get('image/object/bbox/xmin');
    }
    expect(seen).toEqual({ floats: [0, 0.25] });
    const folder = memoryFolder(sink.files);
    const read = await collected(tfrecord.read(folder));
    expect(read.annotations.map(({ shape }) => shape)).toEqual([
      { type: 'box', x: -1, y: 0, width: 2, height: 1 },
      { type: 'mask', x: 1, y: 1, width: 1, height: 1, rle: '01' },
    ]);
    const pictures: [string, number[]][] = [];
    for await (const { key, bytes } of tfrecord.pictures?.(folder) ?? []) pictures.push([key, [...bytes]]);
    expect(pictures).toEqual([['a.png', [9, 8, 7]]]);
  });
});
