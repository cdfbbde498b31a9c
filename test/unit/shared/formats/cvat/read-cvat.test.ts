import { describe, expect, it } from 'vitest';
import { cvat } from '../../../../../shared/formats/cvat/cvat';
import { cvatVideo } from '../../../../../shared/formats/cvat-video/cvat-video';
import type { DatasetAnnotation } from '../../../../../shared/formats/format';
import { maskOfRowRuns, rowRunsOfMask } from '../../../../../shared/formats/parts/cvat/cvat-rle';
import { okValue } from '../../../../fixtures/ok-value';
import {
  type CollectedDataset,
  collected,
  type MemoryDataset,
  memoryFolder,
  memorySink,
  memorySource,
} from '../../../../harness/memory-dataset';

const META = `<meta><task><name>t</name><mode>annotation</mode><labels><label><name>car</name></label></labels></task></meta>`;
const images = (inside: string) => `<annotations><version>1.1</version>${META}\n${inside}</annotations>`;
const image = (inside: string, name = 'a.jpg') =>
  `<image id="0" name="${name}" width="100" height="50">\n${inside}</image>\n`;

async function read(
  text: string,
  { format = cvat, path = 'annotations.xml', options = {}, chunkChars = 1000 } = {},
): Promise<CollectedDataset> {
  return collected(format.read(memoryFolder(new Map([[path, text]]), { chunkChars }), options));
}

const codes = ({ problems }: CollectedDataset) => problems.map(({ code, line }) => [code, line]);

describe('shapes of CVAT', () => {
  it('that cannot be are left out with their line, and the fine rest is given', async () => {
    const shapes = [
      '<box label="car" xtl="1" ytl="1" xbr="NaN" ybr="9"/>',
      '<box label="car" xtl="1" ytl="1" xbr="1" ybr="9"/>',
      '<box label="car"/>',
      '<polygon label="car" points="1,1;2,2"/>',
      '<polygon label="car" points="1,1;2;3,3"/>',
      '<polyline label="car" points="1e9,1;2,2"/>',
      '<points label="car" points=""/>',
      '<ellipse label="car" cx="1" cy="1" rx="0" ry="2"/>',
      '<mask label="car" rle="1, 2" left="0" top="0" width="2" height="2"/>',
      '<mask label="car" rle="4" left="0" top="0" width="2" height="2"/>',
      '<mask label="car" rle="1" left="0" top="0" width="99999999" height="99999999"/>',
      '<cuboid label="car" xtl1="1"/>',
      '<skeleton label="car"><points label="nose" points="1"/></skeleton>',
      '<skeleton label="car"/>',
      '<box label="car" xtl="1" ytl="1" xbr="3" ybr="4"/>',
    ];
    const dataset = await read(images(image(shapes.join('\n'))));
    expect(codes(dataset)).toEqual(shapes.slice(0, -1).map((_, index) => ['cvat-bad-shape', index + 3]));
    expect(dataset.annotations.map(({ shape }) => shape)).toEqual([
      { type: 'box', x: 1, y: 1, width: 2, height: 3 },
    ]);
  });

  it('lie in layers, and in one layer in the order of the file', async () => {
    const at = (x: number, z: number) => `<points label="car" points="${x},0" z_order="${z}"/>`;
    const dataset = await read(images(image([at(1, 1), at(2, 0), at(3, 1), at(4, -1), at(5, 0)].join(''))));
    expect(
      dataset.annotations.map(({ shape }) => (shape.type === 'points' ? shape.points[0]?.x : null)),
    ).toEqual([4, 2, 5, 1, 3]);
  });

  it('have runs row by row, as ours go column by column', () => {
    // Two rows of three: 110 and 011.
    const mask = maskOfRowRuns('0, 2, 2, 2', { x: 30, y: 5, width: 3, height: 2 });
    expect(mask).toEqual({ type: 'mask', x: 30, y: 5, width: 3, height: 2, rle: '01110O' });
    expect(mask === null ? null : rowRunsOfMask(mask)).toBe('0, 2, 2, 2');
    // A window that is wider than its pixels is made tight: the middle one of three rows of one.
    expect(maskOfRowRuns('1,1,1', { x: 0, y: 0, width: 1, height: 3 })).toMatchObject({ y: 1, height: 1 });
    expect(maskOfRowRuns('1,-1,1', { x: 0, y: 0, width: 1, height: 1 })).toBeNull();
    expect(maskOfRowRuns('9999999999999', { x: 0, y: 0, width: 1, height: 1 })).toBeNull();
  });
});

describe('files of CVAT', () => {
  it.each([
    ['xml-truncated', images(image('<box label="car" xtl="1" ytl="1" xbr="3" ybr="4"/>')).slice(0, -20)],
    ['xml-malformed', images(image('<box label="car" xtl="1" ytl="1" xbr="3" ybr="4"/></nope>'))],
  ])('with %s give what came before', async (code, text) => {
    for (const chunkChars of [1, 7, 5000]) {
      const dataset = await read(text, { chunkChars });
      expect(codes(dataset).map(([one]) => one)).toEqual([code]);
      expect(dataset.annotations).toHaveLength(1);
    }
  });

  it('that declare entities are not read', async () => {
    const bomb = `<!DOCTYPE annotations [<!ENTITY x SYSTEM "file:///etc/passwd">]>${images(image(''))}`;
    expect((await cvat.detect(memoryFolder(new Map([['a.xml', bomb]])))).confidence).toBe(0);
    expect(codes(await read(bomb))).toEqual([['format-unrecognised', null]]);
  });

  it('list pictures that nobody may have looked at', async () => {
    const text = images(image(''));
    expect((await read(text)).images[0]?.state).toBe('unlabelled');
    const asked = await read(text, { options: { emptyImages: 'confirmed-empty' } });
    expect(asked.images[0]?.state).toBe('confirmedEmpty');
  });

  it('name pictures inside the dataset alone, each once', async () => {
    const dataset = await read(
      images(
        ['../../x.sh', 'C:\\p\\a.jpg', '', 'a\\b.jpg', 'a/b.jpg'].map((name) => image('', name)).join(''),
      ),
    );
    expect(dataset.images.map(({ key }) => key)).toEqual(['p/a.jpg', 'a/b.jpg']);
    expect(codes(dataset).map(([code]) => code)).toEqual([
      'cvat-bad-name',
      'cvat-bad-name',
      'cvat-duplicate-image',
    ]);
  });

  it('of a task and of a video are told apart by what they list', async () => {
    const video = `<annotations>${META}<track id="0" label="car"/></annotations>`;
    const confidence = async (text: string) => {
      const folder = memoryFolder(new Map([['annotations.xml', text]]));
      return [(await cvat.detect(folder)).confidence, (await cvatVideo.detect(folder)).confidence];
    };
    expect(await confidence(images(image('')))).toEqual([0.97, 0.1]);
    expect(await confidence(video)).toEqual([0.1, 0.97]);
    expect(await confidence('<annotation><object/></annotation>')).toEqual([0, 0]);
    expect(await confidence('<annotations><photo/></annotations>')).toEqual([0, 0]);
  });
});

const VIDEO_META = `<meta><task><name>t</name><labels><label><name>car</name></label></labels></task></meta>`;
const track = (inside: string, attributes = 'id="4" label="car"') =>
  `<track ${attributes}>\n${inside}\n</track>`;
const videoBox = (frame: number | string, more = '') =>
  `<box frame="${frame}" xtl="1" ytl="1" xbr="3" ybr="4" ${more}/>`;

describe('tracks of CVAT', () => {
  const video = (inside: string) => `<annotations>${VIDEO_META}${inside}</annotations>`;

  it('come by frames, with keyframes and ends', async () => {
    const dataset = await read(
      video(
        track(
          [videoBox(2, 'keyframe="0"'), videoBox(0, 'keyframe="1"'), videoBox(3, 'outside="1"')].join('\n'),
        ),
      ),
      { format: cvatVideo },
    );
    expect(
      dataset.annotations.map(({ imageKey, trackId, isKeyframe, isOutside }) => [
        imageKey,
        trackId,
        isKeyframe,
        isOutside,
      ]),
    ).toEqual([
      ['frame_000000.png', '4', undefined, undefined],
      ['frame_000002.png', '4', false, undefined],
      ['frame_000003.png', '4', undefined, true],
    ]);
  });

  it('with frames that are none, or no label, are said', async () => {
    const dataset = await read(
      video(
        track([videoBox(-1), videoBox('x'), videoBox(1.5), videoBox('1e300'), videoBox(0)].join('\n')) +
          track(videoBox(0), 'id="5"'),
      ),
      { format: cvatVideo },
    );
    expect(codes(dataset).map(([code]) => code)).toEqual(['cvat-bad-frame', 'cvat-no-label']);
    expect(dataset.problems[0]?.message).toContain('4 shapes');
    expect(dataset.annotations).toHaveLength(1);
  });

  it('whose task claims a billion frames list those that are there', async () => {
    const meta =
      '<meta><task><start_frame>0</start_frame><stop_frame>1000000000000</stop_frame></task></meta>';
    const dataset = await read(`<annotations>${meta}${track(videoBox(7))}</annotations>`, {
      format: cvatVideo,
    });
    expect(dataset.images.map(({ key }) => key)).toEqual(['frame_000007.png']);
  });

  it('find their pictures by number, or by order where there are as many', async () => {
    const text = video(track([videoBox(0), videoBox(5)].join('')));
    const keys = async (...pictures: string[]) => {
      const files = new Map([['annotations.xml', text], ...pictures.map((path) => [path, ''] as const)]);
      const dataset = await collected(cvatVideo.read(memoryFolder(files)));
      return [dataset.images.map(({ key }) => key), dataset.problems.map(({ code }) => code)];
    };
    expect(await keys('images/frame_000005.PNG', 'images/frame_000000.PNG')).toEqual([
      ['frame_000000.PNG', 'frame_000005.PNG'],
      [],
    ]);
    expect(await keys('images/b.jpg', 'images/a.jpg')).toEqual([
      ['a.jpg', 'b.jpg'],
      ['cvat-frames-by-order'],
    ]);
    expect(await keys('images/b.jpg')).toEqual([['frame_000000.jpg', 'frame_000005.jpg'], []]);
  });
});

describe('what is written for CVAT', () => {
  const size = { width: 10, height: 10 };
  const one = (imageKey: string, more: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
    imageKey,
    classIndex: 0,
    shape: { type: 'box', x: 1, y: 1, width: 2, height: 2 },
    isCrowd: false,
    attributes: {},
    score: null,
    ...more,
  });
  const ofFrames = (frames: readonly (readonly DatasetAnnotation[])[]): MemoryDataset => ({
    labels: [{ classIndex: 0, name: 'car', supercategory: null }],
    images: frames.map((annotations, index) => ({
      image: {
        key: `${index}.jpg`,
        size,
        split: null,
        state: annotations.length > 0 ? 'labelled' : 'confirmedEmpty',
        frame: { sequence: 's', index: index * 2 },
      },
      annotations,
    })),
  });
  const textOf = async (dataset: MemoryDataset, format = cvatVideo) => {
    const sink = memorySink();
    const report = okValue(await format.write(memorySource(dataset), sink));
    return { report, text: String(sink.files.get('annotations.xml')) };
  };

  it('ends a track in the frame after its last one, and before a gap', async () => {
    const { text } = await textOf(
      ofFrames([[one('0.jpg', { trackId: 'x' })], [], [one('2.jpg', { trackId: 'x' })], [], []]),
    );
    const boxes = [
      ...text.matchAll(/<box frame="(\d+)" keyframe="(\d)" outside="(\d)"[^>]*?( closing="1")?>/g),
    ];
    expect(boxes.map(([, frame, keyframe, outside, closing]) => [frame, keyframe, outside, closing])).toEqual(
      [
        ['0', '1', '0', undefined],
        ['2', '1', '1', ' closing="1"'],
        ['4', '1', '0', undefined],
        ['6', '1', '1', ' closing="1"'],
      ],
    );
  });

  it('makes a track of one frame of a shape that has none, and a number of a name', async () => {
    const { text } = await textOf(
      ofFrames([[one('0.jpg', { groupId: 'g' }), one('0.jpg', { groupId: '1' })], []]),
    );
    expect([...text.matchAll(/<track ([^>]*)>/g)].map(([, head]) => head)).toEqual([
      'id="0" label="car" source="manual" kind="shape" group_id="2" group="g"',
      'id="1" label="car" source="manual" kind="shape" group_id="1"',
    ]);
    expect(text).toContain('<box frame="2" keyframe="1" outside="1"');
  });

  it('declares the attributes that annotations carry: CVAT drops what is not declared', async () => {
    const { text } = await textOf(
      ofFrames([
        [one('0.jpg', { attributes: { n: 2, 'a<b': 'x' } })],
        [one('1.jpg', { attributes: { n: 7.5, mixed: true } })],
        [one('2.jpg', { attributes: { mixed: 'yes' } })],
      ]),
      cvat,
    );
    const declared = [
      ...text.matchAll(
        /<name>([^<]*)<\/name>\s*<mutable>\w+<\/mutable>\s*<input_type>(\w+)<[\s\S]*?<values>([^<]*)</g,
      ),
    ];
    expect(declared.map(([, name, type, values]) => [name, type, values])).toEqual([
      ['n', 'number', '2\n8\n0.01'],
      ['a&lt;b', 'text', ''],
      ['mixed', 'text', ''],
    ]);
    expect(text).toContain('<attribute name="mixed" type="checkbox">true</attribute>');
    expect(text).toContain('<attribute name="mixed">yes</attribute>');
  });

  it('counts what there is no place for', async () => {
    const given = ofFrames([
      [
        one('0.jpg', { isCrowd: true, note: 'n', trackId: '1' }),
        one('0.jpg', { classIndex: 9 }),
        one('0.jpg', { attributes: { bell: '\u0007' } }),
        one('0.jpg', { shape: { type: 'tag' } }),
      ],
    ]);
    expect((await textOf(given, cvat)).report.lossCountByCode).toEqual({
      'frame-dropped': 1,
      'crowd-flag-dropped': 1,
      'note-dropped': 1,
      'track-dropped': 1,
      'unknown-class': 1,
      'attribute-dropped': 1,
    });
    expect((await textOf(given)).report.lossCountByCode).toEqual({
      'crowd-flag-dropped': 1,
      'note-dropped': 1,
      'unknown-class': 1,
      'attribute-dropped': 1,
      'unsupported-shape': 1,
    });
  });
});
