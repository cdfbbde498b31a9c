import { describe, expect, it } from 'vitest';
import { coco } from '../../../../../shared/formats/coco/coco';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const IMAGE = '{"id":1,"file_name":"a.jpg","width":10,"height":8}';
const CATEGORY = '{"id":1,"name":"car","keypoints":["a","b"],"skeleton":[[1,2]]}';

const BOX = '"bbox":[1,1,4,4]';

const read = (text: string, chunkChars?: number) =>
  collected(
    coco.read(
      memoryFolder(new Map([['instances.json', text]]), chunkChars === undefined ? {} : { chunkChars }),
    ),
  );

/** What one annotation with these fields is read as. */
async function readOne(fields: string) {
  const { annotations, problems } = await read(
    // The first tells that the file is one of objects.
    `{"images":[${IMAGE},{"id":2,"file_name":"b.jpg"}],"annotations":[{"image_id":2,"category_id":1,${BOX}},{"id":1,"image_id":1,"category_id":1,${fields}}],"categories":[${CATEGORY}]}`,
  ).then((whole) => ({
    ...whole,
    annotations: whole.annotations.filter(({ imageKey }) => imageKey === 'a.jpg'),
  }));
  return {
    shapes: annotations.map(({ shape }) => shape.type),
    problems: problems.map(({ code, severity }) => `${severity} ${code}`),
    message: problems[0]?.message ?? '',
    annotations,
  };
}

describe('a damaged annotation of COCO', () => {
  it.each([
    ['an outline with an odd number of numbers', '"segmentation":[[1,1,5,1,5]]', 'coco-bad-segmentation'],
    ['an outline of two points', '"segmentation":[[1,1,5,1]]', 'coco-bad-segmentation'],
    ['an outline with a text', '"segmentation":[[1,1,5,1,5,"5"]]', 'coco-bad-segmentation'],
    ['an outline with NaN', '"segmentation":[[1,1,5,1,5,NaN]]', 'coco-bad-segmentation'],
    [
      'an outline that reaches beyond all pictures',
      '"segmentation":[[1,1,5,1,5,1e300]]',
      'coco-bad-segmentation',
    ],
    ['an outline that is a number', '"segmentation":7', 'coco-bad-segmentation'],
    [
      'runs of more pixels than the picture',
      '"segmentation":{"counts":[0,81],"size":[8,10]}',
      'coco-bad-mask',
    ],
    ['a huge run', '"segmentation":{"counts":[1e308,1e308],"size":[8,10]}', 'coco-bad-mask'],
    ['a negative run', '"segmentation":{"counts":[-1,81],"size":[8,10]}', 'coco-bad-mask'],
    ['a broken run', '"segmentation":{"counts":[0.5,79.5],"size":[8,10]}', 'coco-bad-mask'],
    ['a text of runs of more pixels', '"segmentation":{"counts":"0a2","size":[8,10]}', 'coco-bad-mask'],
    ['a text that is no encoding', '"segmentation":{"counts":"\\u00e9","size":[8,10]}', 'coco-bad-mask'],
    [
      'a text that never ends',
      `"segmentation":{"counts":"${'o'.repeat(5000)}","size":[8,10]}`,
      'coco-bad-mask',
    ],
    ['runs without a size', '"segmentation":{"counts":[0,80]}', 'coco-bad-mask'],
    ['a mask of another picture', '"segmentation":{"counts":[0,80],"size":[10,8]}', 'coco-mask-size'],
    ['a mask of the largest picture', '"segmentation":{"counts":[0],"size":[1e9,1e9]}', 'coco-mask-size'],
    ['a mask without a pixel', '"segmentation":{"counts":[80],"size":[8,10]}', 'coco-empty-mask'],
    ['too few keypoints', '"keypoints":[1,1,2]', 'coco-bad-keypoints'],
    ['keypoints that are no threes', '"keypoints":[1,1,2,3]', 'coco-bad-keypoints'],
    ['keypoints of no visibility that there is', '"keypoints":[1,1,2,3,3,3]', 'coco-bad-keypoints'],
    ['keypoints with a text', '"keypoints":[1,1,2,"3",3,1]', 'coco-bad-keypoints'],
    ['keypoints that are an object', '"keypoints":{"nose":[1,1]}', 'coco-bad-keypoints'],
  ])('with %s keeps its box, and is left out where it has none', async (_, fields, code) => {
    const withBox = await readOne(`${BOX},${fields}`);
    expect(withBox.shapes).toEqual(['box']);
    expect(withBox.problems).toEqual([`error ${code}`]);
    expect(withBox.message).toMatch(
      /^annotations\[1\] of instances\.json \(image a\.jpg\) has .*its box was taken\.$/,
    );
    const without = await readOne(fields);
    expect(without.shapes).toEqual([]);
    expect(without.problems).toEqual([`error ${code}`]);
    expect(without.message).toMatch(/it was left out\.$/);
  });

  it.each([
    ['a box of three numbers', '"bbox":[1,2,3]', 'error coco-bad-box'],
    ['a box without height', '"bbox":[1,2,3,0]', 'error coco-bad-box'],
    ['a box with a negative width', '"bbox":[1,2,-3,4]', 'error coco-bad-box'],
    ['a box with NaN', '"bbox":[NaN,2,3,4]', 'error coco-bad-box'],
    ['a box of texts', '"bbox":["1","2","3","4"]', 'error coco-bad-box'],
    ['nothing', '"area":4', 'error coco-no-box'],
    ['a caption', '"caption":"a car"', 'warning caption-dropped'],
  ])('with %s is left out', async (_, fields, problem) => {
    const { shapes, problems } = await readOne(fields);
    expect(shapes).toEqual([]);
    expect(problems).toEqual([problem]);
  });

  it('keeps the outlines that are whole', async () => {
    const { annotations, problems } = await readOne('"segmentation":[[1,1,5,1],[1,1,5,1,5,5],[0]]');
    expect(annotations[0]?.shape).toMatchObject({
      parts: [
        {
          exterior: [
            { x: 1, y: 1 },
            { x: 5, y: 1 },
            { x: 5, y: 5 },
          ],
        },
      ],
    });
    expect(problems).toEqual(['error coco-bad-segmentation']);
  });

  it('keeps what lies outside the picture, outlines as boxes', async () => {
    expect((await readOne('"segmentation":[[-5,-5,50,-5,50,50]]')).problems).toEqual([]);
    expect((await readOne('"bbox":[-5,-5,50,50]')).problems).toEqual([]);
  });

  it('takes the last of a field that comes twice, as JSON does', async () => {
    const { annotations } = await readOne(`"bbox":[9,9,9,9],${BOX},"image_id":1`);
    expect(annotations[0]?.shape).toEqual({ type: 'box', x: 1, y: 1, width: 4, height: 4 });
  });

  it('says once how many ids come twice, scores are none, and values could not be kept', async () => {
    const one = (more: string) => `{"id":5,"image_id":1,"category_id":1,${BOX}${more}}`;
    const { annotations, problems } = await read(
      `{"images":[${IMAGE}],"categories":[${CATEGORY}],"annotations":[${[
        one(''),
        one(',"score":1.5'),
        one(',"attributes":{"a":[1],"b":{"c":1},"d":null,"":2}'),
      ].join()}]}`,
    );
    expect(annotations).toHaveLength(3);
    expect(problems.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([
      ['attribute-dropped', '3'],
      ['coco-duplicate-id', '2'],
      ['score-dropped', '1'],
    ]);
  });
});

describe('a damaged file of COCO', () => {
  const ANNOTATIONS = Array.from(
    { length: 40 },
    (_, at) => `{"id":${at + 1},"image_id":${1 + Math.floor(at / 20)},"category_id":1,"bbox":[${at},1,2,3]}`,
  );
  const IMAGES = `${IMAGE},{"id":2,"file_name":"b.jpg","width":10,"height":8}`;

  it.each([50, 100_000])('that is cut off gives what came before (chunks of %i)', async (chunkChars) => {
    const whole = `{"images":[${IMAGES}],"categories":[${CATEGORY}],"annotations":[${ANNOTATIONS.join()}]}`;
    const { annotations, problems, images } = await read(whole.slice(0, -40), chunkChars);
    expect(annotations).toHaveLength(39);
    expect(images).toHaveLength(2);
    expect(problems.map(({ code }) => code)).toEqual(['coco-malformed']);
  });

  it.each([
    ['in the order of images', ANNOTATIONS],
    ['mixed', ANNOTATIONS.map((_, at) => ANNOTATIONS[(at % 2) * 20 + Math.floor(at / 2)] ?? '')],
  ])('with elements that are not JSON gives the others (%s)', async (_, annotations) => {
    const broken = [...annotations];
    broken[3] = '{"id":1,"image_id":1,oops}';
    broken[11] = '7';
    broken[17] = '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,}';
    const found = await read(
      `{"images":[${IMAGES}],"categories":[${CATEGORY}],"annotations":[${broken.join()}]}`,
      300,
    );
    expect(found.annotations.length).toBeGreaterThanOrEqual(2);
    expect(found.images.map(({ key }) => key).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(found.orderFaults).toEqual([]);
    expect(found.problems.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('with a picture whose annotations are all damaged does not call it empty', async () => {
    const { images } = await read(
      `{"images":[${IMAGES}],"categories":[${CATEGORY}],"annotations":[{"image_id":1,oops},${ANNOTATIONS[25]}]}`,
    );
    expect(images.find(({ key }) => key === 'a.jpg')?.state).not.toBe('confirmedEmpty');
  });

  it('reports pictures and classes that are missing, doubled, or named with a way out', async () => {
    const { problems, images } = await read(
      `{"images":[${IMAGE},${IMAGE},{"id":3,"file_name":"../../etc/passwd"},{"id":4,"file_name":"a.jpg"},{"id":"constructor","file_name":"c.jpg","width":1,"height":1}],` +
        `"categories":[${CATEGORY},{"id":1,"name":"bus"},{"name":"x"},{"id":2,"name":"__proto__"}],` +
        `"annotations":[{"image_id":1,"category_id":7,${BOX}},{"image_id":99,"category_id":1,${BOX}},{"image_id":"__proto__","category_id":"constructor",${BOX}},{"image_id":"constructor","category_id":2,${BOX}}]}`,
    );
    expect(images.map(({ key }) => key)).toEqual(['a.jpg', 'c.jpg']);
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'coco-bad-category',
      'coco-bad-image',
      'coco-duplicate-category',
      'coco-duplicate-image',
      'coco-duplicate-image',
      'coco-unknown-category',
      'coco-unknown-image',
      'coco-unknown-image',
    ]);
  });

  it('with nesting that would overflow a stack is refused', async () => {
    const { problems, annotations } = await read(
      `{"images":[${IMAGE}],"categories":[${CATEGORY}],"annotations":[${ANNOTATIONS[0]},{"image_id":1,"a":${'['.repeat(100_000)}`,
    );
    expect(annotations.length).toBeLessThanOrEqual(1);
    expect(problems.map(({ code }) => code)).toEqual(['coco-malformed']);
    expect(problems[0]?.message).toMatch(/nested more than 64 levels deep/);
  });
});

describe('a file that mixes the annotations of its pictures', () => {
  it('is read as the same file in order, whatever is among them', async () => {
    const kinds = [
      '"bbox":[1,1,4,4],"area":16,"iscrowd":0,"segmentation":[]',
      '"bbox":[1,1,4,4],"iscrowd":1',
      '"bbox":[1,1,4,4],"segmentation":[[1,1,5,1,5,5]]',
      '"bbox":[2,2,1,1],"score":0.5,"attributes":{"a":1}',
      '"bbox":[2,2,1,1],"keypoints":[1,1,2,5,5,1]',
    ];
    const images = Array.from(
      { length: 30 },
      (_, at) => `{"id":${at},"file_name":"${at}.jpg","width":10,"height":8}`,
    );
    const annotations = images.flatMap((_, image) =>
      kinds.map((kind, at) => `{"id":${image * 10 + at},"image_id":${image},"category_id":1,${kind}}`),
    );
    const file = (order: readonly string[]) =>
      `{"annotations":[${order.join()}],"categories":[${CATEGORY}],"images":[${images.join()}]}`;
    const mixed = annotations.map((_, at) => annotations[(at * 7) % annotations.length] ?? '');
    const inOrder = await read(file(annotations));
    const gathered = await read(file(mixed), 500);
    const sorted = (all: typeof inOrder) =>
      all.annotations.map((annotation) => JSON.stringify(annotation)).sort();
    expect(gathered.orderFaults).toEqual([]);
    expect(sorted(gathered)).toEqual(sorted(inOrder));
    expect(gathered.annotations).toHaveLength(30 * 6);
    expect([...gathered.problems, ...inOrder.problems]).toEqual([]);
  });
});
