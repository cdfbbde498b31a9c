import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLabelFolder } from '../../../../electron/store/label-folder';
import { detectFormats } from '../../../../shared/formats/detect-formats';
import { okValue } from '../../../fixtures/ok-value';
import { collected } from '../../../harness/memory-dataset';
import { zipBytes } from '../../../harness/zip-bytes';

let work = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-labels-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

it('a zip of labels is a dataset, and says which of its entries were passed over', async () => {
  const file = path.join(work, 'labels.zip');
  const coco = {
    images: [{ id: 1, file_name: 'a.jpg', width: 10, height: 10 }],
    categories: [{ id: 1, name: 'car' }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 }],
  };
  await writeFile(
    file,
    zipBytes([
      { name: 'export/annotations/instances_val.json', content: JSON.stringify(coco) },
      { name: '../../evil.json', content: '{}' },
    ]),
  );
  const folder = okValue(await openLabelFolder({ kind: 'files', files: { 'labels.zip': file } }, []));
  const [best] = await detectFormats(folder);
  expect(best?.format.id).toBe('coco');
  const read = await collected((best ?? expect.fail('nothing was recognised')).format.read(folder));
  expect(read.annotations.map(({ shape }) => shape)).toEqual([
    { type: 'box', x: 1, y: 2, width: 3, height: 4 },
  ]);
  expect(read.problems.map(({ code, path: where }) => [code, where])).toEqual([
    ['path-bad-name', '../../evil.json'],
  ]);
});

it('a file that only looks like a zip is refused with its reason', async () => {
  const file = path.join(work, 'labels.zip');
  await writeFile(file, 'not a zip');
  expect(await openLabelFolder({ kind: 'files', files: { 'labels.zip': file } }, [])).toMatchObject({
    ok: false,
    error: {
      code: 'format.malformed',
      message: expect.stringContaining('labels.zip cannot be read as a zip'),
    },
  });
});
