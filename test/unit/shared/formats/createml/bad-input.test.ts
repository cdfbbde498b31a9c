import { describe, expect, it } from 'vitest';
import { createml } from '../../../../../shared/formats/createml/createml';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const FILE = '_annotations.createml.json';
const read = (text: string) =>
  collected(createml.read(memoryFolder(new Map([[FILE, text]]), { chunkChars: 11 })));
const entry = (annotations: string, image = '"a.jpg"') =>
  `[{"image":${image},"annotations":[${annotations}]}]`;
const box = (coordinates: string, label = '"car"') => `{"label":${label},"coordinates":${coordinates}}`;
const GOOD = box('{"x":5,"y":5,"width":4,"height":2}');

describe('files of Create ML that are not', () => {
  it.each([
    [entry(box('{"x":1,"y":1,"width":0,"height":2}')), 'createml-bad-box'],
    [entry(box('{"x":1,"y":1,"width":-1,"height":2}')), 'createml-bad-box'],
    [entry(box('{"x":"1","y":1,"width":1,"height":2}')), 'createml-bad-box'],
    [entry(box('{"x":1e300,"y":1,"width":1,"height":2}')), 'createml-bad-box'],
    [entry(box('null')), 'createml-bad-box'],
    [entry(box('{"x":1,"y":1,"width":1,"height":2}', '""')), 'createml-bad-annotation'],
    [entry('7'), 'createml-bad-annotation'],
    [entry(GOOD, '"../../etc/passwd"'), 'createml-bad-entry'],
    [entry(GOOD, '7'), 'createml-bad-entry'],
    ['[{},3]', 'createml-bad-entry,createml-bad-entry'],
    ['[3]', 'format-unrecognised'],
    [`[{"image":"a.jpg","annotations":[${GOOD}]},{"image":"a.jpg","annotations":[]}]`, 'duplicate-image'],
    [`[{"image":"a.jpg","annotations":[${GOOD}]},{"image":"b.jpg","annot`, 'createml-malformed'],
  ])('%.60s is %s', async (text, code) => {
    const { problems } = await read(text);
    expect(problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code)).toEqual(
      code.split(','),
    );
  });

  it('give what was fine', async () => {
    const { annotations, images } = await read(`[{"image":"a.jpg","annotations":[${box('[]')},${GOOD}]},7]`);
    expect(images.map((image) => image.key)).toEqual(['a.jpg']);
    expect(annotations.map((annotation) => annotation.shape)).toEqual([
      { type: 'box', x: 3, y: 4, width: 4, height: 2 },
    ]);
  });

  it('take nothing from the prototype', async () => {
    const { labels, annotations } = await read(
      entry(box('{"x":5,"y":5,"width":4,"height":2}', '"__proto__"')),
    );
    expect(labels.map((label) => label.name)).toEqual(['__proto__']);
    expect(annotations).toHaveLength(1);
  });

  it('are told from other lists', async () => {
    const other = memoryFolder(new Map([['list.json', '[{"image_id":1,"bbox":[1,2,3,4]}]']]));
    expect((await createml.detect(other)).confidence).toBe(0);
  });
});
