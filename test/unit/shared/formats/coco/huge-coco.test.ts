import { describe, expect, it } from 'vitest';
import { coco } from '../../../../../shared/formats/coco/coco';
import type { DatasetFolder } from '../../../../../shared/formats/format';
import { memoryFolder } from '../../../../harness/memory-dataset';

const CHUNK = 1 << 20;
const GIGABYTE = 1024;
/** Objects of a run, their text, and what the test runner itself allocates meanwhile. */
const MOST_MEGABYTES = 300;

/** A folder with one file of one line, made as it is read. */
function folderOf(chunks: () => Iterable<string>): DatasetFolder {
  const memory = memoryFolder(new Map([['instances.json', '{}']]));
  return {
    ...memory,
    async *streamText() {
      yield* chunks();
    },
  };
}

async function peakOfRead(folder: DatasetFolder) {
  const before = process.memoryUsage().heapUsed;
  const problems: string[] = [];
  let annotations = 0;
  let peak = 0;
  let events = 0;
  for await (const event of coco.read(folder)) {
    if (event.type === 'annotation') annotations += 1;
    if (event.type === 'problem') problems.push(event.problem.code);
    events += 1;
    if (events % 50 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }
  return { annotations, problems, peakMegabytes: peak / 1e6 };
}

const HEAD =
  '{"images":[{"id":1,"file_name":"a.jpg","width":10,"height":8}],"categories":[{"id":1,"name":"car"}],"annotations":[';

describe('a file of one gigabyte in one line', () => {
  it('is read in bounded memory, value by value', { timeout: 300_000 }, async () => {
    const filler = 'x'.repeat(CHUNK - 100);
    const element = `{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"picture":"${filler}"}`;
    const folder = folderOf(function* () {
      yield HEAD;
      yield element;
      for (let at = 1; at < GIGABYTE; at += 1) {
        yield ',';
        yield element;
      }
      yield ']}';
    });
    const { annotations, problems, peakMegabytes } = await peakOfRead(folder);
    expect(annotations).toBe(GIGABYTE);
    expect(problems).toEqual(['attribute-dropped', 'coco-duplicate-id']);
    expect(peakMegabytes).toBeLessThan(MOST_MEGABYTES);
  });

  it('is refused where a single value is larger than anything real', { timeout: 300_000 }, async () => {
    const filler = 'x'.repeat(CHUNK);
    let given = 0;
    const folder = folderOf(function* () {
      yield `${HEAD}{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{"image_id":"`;
      for (let at = 0; at < GIGABYTE; at += 1) {
        given += 1;
        yield filler;
      }
    });
    const { problems, annotations } = await peakOfRead(folder);
    expect(annotations).toBe(1);
    expect(problems).toEqual(['coco-malformed']);
    // Three looks at it, each given up after 32 MB or, for telling what it is, 24.
    expect(given).toBeLessThan(120);
  });
});
