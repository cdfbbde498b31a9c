import { yolo } from '../../shared/formats/yolo/yolo';
import { memoryFolder, memorySource } from '../harness/memory-dataset';
import {
  type BenchRow,
  countAnnotations,
  countingSink,
  filesOf,
  madeDataset,
  medianSeconds,
  peakLiveMegabytes,
  rateRow,
} from './format-datasets';

const IMAGES = 20_000;
const BOXES_PER_IMAGE = 10;
const BOXES = IMAGES * BOXES_PER_IMAGE;

/** Reading and writing YOLO, against splitting the same texts into numbers and joining numbers into the same texts. */
export default async function bench(): Promise<BenchRow[]> {
  const dataset = madeDataset(IMAGES, BOXES_PER_IMAGE);
  const files = await filesOf(yolo.write, dataset);
  const read = await medianSeconds(() => countAnnotations(yolo.read(memoryFolder(files))));
  const split = await medianSeconds(() => {
    let count = 0;
    for (const [path, text] of files) {
      if (!path.startsWith('labels/')) continue;
      for (const line of text.split('\n')) if (line.split(' ').map(Number).length === 5) count += 1;
    }
    return count;
  });
  const write = await medianSeconds(() => yolo.write(memorySource(dataset), countingSink()));
  const join = await medianSeconds(() => {
    let chars = 0;
    for (const { annotations } of dataset.images) {
      for (const { classIndex, shape } of annotations) {
        if (shape.type !== 'box') continue;
        const numbers = [shape.x / 1920, shape.y / 1080, shape.width / 1920, shape.height / 1080];
        chars += `${classIndex} ${numbers.map((value) => value.toFixed(10)).join(' ')}\n`.length;
      }
    }
    return chars;
  });
  const once = await peakOfRead(5_000, 20);
  const fourfold = await peakOfRead(5_000, 80);
  return [
    rateRow('format.yolo.read', BOXES, read, split),
    rateRow('format.yolo.write', BOXES, write, join),
    {
      bench: 'format.yolo.read.memory',
      n: 400_000,
      value: fourfold,
      unit: 'MB',
      baseline: once,
      ratio: fourfold / once,
    },
  ];
}

async function peakOfRead(images: number, boxesPerImage: number): Promise<number> {
  return peakLiveMegabytes(
    yolo.read(memoryFolder(await filesOf(yolo.write, madeDataset(images, boxesPerImage)))),
  );
}
