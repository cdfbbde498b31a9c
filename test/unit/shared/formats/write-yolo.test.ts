import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../../shared/formats/index';
import { okValue } from '../../../fixtures/ok-value';
import { memorySink, memorySource } from '../../../harness/memory-dataset';

async function writtenYolo(keys: readonly string[]) {
  const images = keys.map((key) => ({
    image: { key, size: { width: 100, height: 50 }, split: null, state: 'labelled' as const },
    annotations: [
      {
        imageKey: key,
        classIndex: 0,
        shape: { type: 'box' as const, x: 1, y: 2, width: 3, height: 4 },
        isCrowd: false,
        attributes: {},
        score: null,
      },
    ],
  }));
  const sink = memorySink();
  const report = okValue(
    await FORMATS.yolo.write(
      memorySource({ labels: [{ classIndex: 0, name: 'car', supercategory: null }], images }),
      sink,
    ),
  );
  return { report, files: sink.files };
}

describe('YOLO for trainers', () => {
  it('names no "path": Ultralytics takes a relative one from where it was started', async () => {
    const { files } = await writtenYolo(['a.jpg']);
    expect(files.get('data.yaml')).not.toMatch(/^path:/m);
    expect(files.get('data.yaml')).toMatch(/^train: all\.txt$/m);
  });

  it('says which pictures were left out, so that they are not laid beside the others', async () => {
    const { report, files } = await writtenYolo(['a/1.jpg', 'a/1.png', 'b\u2028.jpg', 'c\u0085.jpg']);
    expect(report.leftOutImages).toEqual(['a/1.png', 'b\u2028.jpg', 'c\u0085.jpg']);
    expect(files.get('all.txt')).toBe('./images/a/1.jpg\n');
  });

  it('says that trainers pass over GIF', async () => {
    expect((await writtenYolo(['a.GIF'])).report.notes?.join()).toContain('GIF');
    expect((await writtenYolo(['a.jpg'])).report.notes?.join()).not.toContain('GIF');
  });
});
