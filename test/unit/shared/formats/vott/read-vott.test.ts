import { describe, expect, it } from 'vitest';
import { vott } from '../../../../../shared/formats/vott/vott';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const asset = (path: unknown, regions: unknown, more: object = {}) => ({
  asset: { id: 'x', name: 'n.jpg', path, size: { width: 10, height: 10 }, state: 2, type: 1, ...more },
  regions,
  version: '2.2.0',
});
const whole = (assets: object, more: object = {}) =>
  JSON.stringify({ name: 'p', videoSettings: {}, tags: [{ name: 'a', color: '#0A0B0C' }], assets, ...more });
const read = (text: string) => collected(vott.read(memoryFolder(new Map([['x-export.json', text]]))));
const region = (more: object) => ({
  id: 'r',
  type: 'RECTANGLE',
  tags: ['a'],
  boundingBox: { left: 1, top: 2, width: 3, height: 4 },
  points: [],
  ...more,
});

describe('a region of VoTT', () => {
  it.each([
    ['vott-bad-region', region({ boundingBox: { left: 1, top: 2, width: 0, height: 4 } })],
    ['vott-bad-region', region({ boundingBox: null, points: [{ x: 1, y: 1 }] })],
    ['vott-bad-region', region({ type: 'POLYGON', points: [{ x: 1, y: 1 }] })],
    ['vott-bad-region', region({ points: [{ x: 1, y: 'a' }] })],
    ['vott-bad-region', region({ type: 'constructor' })],
    ['vott-bad-region', 'text'],
    ['vott-no-tag', region({ tags: null })],
    ['vott-no-tag', region({ tags: [7, ''] })],
  ])('that is broken costs itself: %s', async (code, broken) => {
    const { annotations, problems } = await read(whole({ x: asset('a.jpg', [broken, region({})]) }));
    expect(annotations.map(({ shape }) => shape)).toEqual([{ type: 'box', x: 1, y: 2, width: 3, height: 4 }]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('a file of VoTT', () => {
  it('that is hostile gives what is sound', async () => {
    const { images, problems, orderFaults } = await read(
      whole({
        a: asset('file:C:/x/../../evil.jpg', [], { name: '../up.jpg' }),
        b: asset(null, [], { name: null }),
        c: 7,
        d: asset('ok.jpg', 'none', { size: { width: -1, height: 'x' }, state: 'tagged' }),
      }),
    );
    expect(images.map(({ key, size, state }) => [key, size, state])).toEqual([
      ['up.jpg', { width: 10, height: 10 }, 'confirmedEmpty'],
      ['ok.jpg', null, 'confirmedEmpty'],
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['vott-bad-asset', 'vott-bad-asset']);
    expect(orderFaults).toEqual([]);
  });

  it('that is cut off is read up to there', async () => {
    const text = whole({ a: asset('a.jpg', []), b: asset('b.jpg', []) });
    const { images, problems } = await read(text.slice(0, -30));
    expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
    expect(problems.map(({ code }) => code)).toEqual(['vott-malformed']);
  });

  it('of VoTT 1 is refused with the reason', async () => {
    const text = JSON.stringify({
      frames: { 'a.jpg': [] },
      framerate: '1',
      inputTags: 'a,b',
      suggestiontype: 'track',
    });
    const { confidence, reasons } = await vott.detect(memoryFolder(new Map([['a.json', text]])));
    expect([confidence, reasons.join(' ')]).toEqual([0.1, expect.stringContaining('VoTT 1')]);
  });
});

it('the id of a written asset is the MD5 of its path', async () => {
  const sink = memorySink();
  await vott.write(
    memorySource({
      labels: [],
      images: [
        {
          image: { key: 'abc', size: { width: 1, height: 1 }, split: null, state: 'confirmedEmpty' },
          annotations: [],
        },
      ],
    }),
    sink,
  );
  // RFC 1321, appendix A.5.
  expect(String(sink.files.get('default-export.json'))).toContain('"900150983cd24fb0d6963f7d28e17f72":');
});
