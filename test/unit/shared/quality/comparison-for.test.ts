import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetEvent, FidelityTable } from '../../../../shared/formats/format';
import { fidelityTable } from '../../../../shared/formats/parts/fidelity-table';
import { compareWithRead, comparisonFor } from '../../../../shared/quality/comparison-for';
import type { Shape } from '../../../../shared/schema/shapes';
import { type MemoryDataset, memorySource } from '../../../harness/memory-dataset';

const label = (classIndex: number, name: string) => ({ classIndex, name, supercategory: null });
const annotation = (shape: Shape, fields: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex: 0,
  shape,
  isCrowd: false,
  attributes: {},
  score: null,
  ...fields,
});
const box = (x: number): Shape => ({ type: 'box', x, y: 0, width: 10, height: 10 });
const turned: Shape = { type: 'rotated-box', cx: 50, cy: 50, width: 20, height: 10, rotation: 30 };
const around: Shape = {
  type: 'polygon',
  parts: [
    {
      exterior: [
        { x: 40, y: 42 },
        { x: 61, y: 42 },
        { x: 55, y: 60 },
      ],
      holes: [],
    },
  ],
};

function dataset(
  annotations: readonly DatasetAnnotation[],
  {
    labels = [label(0, 'car'), label(5, 'bus')],
    side = 100,
    state = 'labelled' as const,
  }: {
    labels?: MemoryDataset['labels'];
    side?: number;
    state?: 'labelled' | 'confirmedEmpty';
  } = {},
): MemoryDataset {
  return {
    labels,
    images: [
      { image: { key: 'a.jpg', size: { width: side, height: side }, split: 'train', state }, annotations },
    ],
  };
}

async function* events({ labels, images }: MemoryDataset): AsyncGenerator<DatasetEvent> {
  for (const one of labels) yield { type: 'label', label: one };
  for (const { image, annotations } of images) {
    yield { type: 'image', image };
    for (const one of annotations) yield { type: 'annotation', annotation: one };
  }
}

async function compare(a: MemoryDataset, b: MemoryDataset, fidelity: FidelityTable) {
  const result = await compareWithRead(memorySource(a), events(b), comparisonFor(fidelity));
  return {
    ...result,
    counts: Object.fromEntries(Object.entries(result.counts).filter(([, count]) => count > 0)),
  };
}

const EXACT = fidelityTable({
  shapes: { box: 'exact', 'rotated-box': 'exact', polygon: 'exact' },
  attributes: 'exact',
  isCrowd: 'exact',
  score: 'exact',
  groups: 'exact',
  tracks: 'exact',
  notes: 'exact',
  emptyImages: 'exact',
  imageAttributes: 'exact',
  frames: 'exact',
  splits: 'exact',
  classIndex: 'exact',
  unusedLabels: 'exact',
});

describe('what a fidelity table lets a comparison expect', () => {
  it('compares everything when all is kept, to the last bits', async () => {
    const a = dataset([annotation(box(5), { attributes: { p: 1 }, score: 0.5, note: 'n', isCrowd: true })]);
    expect(await compare(a, a, EXACT)).toMatchObject({ isSame: true, matched: 1 });
    const off = dataset([annotation(box(5 + 1e-6), { attributes: { p: 2 } })]);
    expect((await compare(a, off, EXACT)).counts).toEqual({
      moved: 1,
      attributesChanged: 1,
      scoreChanged: 1,
      noteChanged: 1,
      crowdChanged: 1,
    });
    expect((await compare(a, { ...a, labels: [label(0, 'car')] }, EXACT)).counts).toEqual({
      labelMissing: 1,
    });
  });

  it('compares nothing that is dropped or lossy', async () => {
    const table = fidelityTable({ shapes: { box: 'exact' }, attributes: 'lossy' });
    const a = dataset([annotation(box(5), { attributes: { p: 1 }, score: 0.5, note: 'n', isCrowd: true })]);
    const [image] = a.images;
    if (image === undefined) throw new Error('the dataset has one image');
    const b: MemoryDataset = {
      labels: [label(0, 'car')],
      images: [{ image: { ...image.image, split: null }, annotations: [annotation(box(5))] }],
    };
    expect(await compare(a, b, table)).toMatchObject({ isSame: true, matched: 1 });
  });

  it('compares labels by name when numbers are dropped, and by number when they are kept', async () => {
    const a = dataset([annotation(box(5), { classIndex: 5 })]);
    const b = dataset([annotation(box(5), { classIndex: 1 })], {
      labels: [label(0, 'car'), label(1, 'bus')],
    });
    expect(await compare(a, b, { ...EXACT, classIndex: 'dropped' })).toMatchObject({ isSame: true });
    expect((await compare(a, b, EXACT)).counts).toEqual({ relabelled: 1, labelChanged: 1 });
  });

  it('widens the table’s rounding with pictures of more than 10,000 px a side, for rounded shapes alone', async () => {
    const rounded = fidelityTable({ ...EXACT, shapes: { box: 'rounded' }, coordinateErrorInImagePx: 0.5 });
    const at = (x: number, side: number) => dataset([annotation(box(x))], { side });
    expect((await compare(at(5, 100), at(5.5, 100), rounded)).isSame).toBe(true);
    expect((await compare(at(5, 100), at(5.9, 100), rounded)).counts).toEqual({ moved: 1 });
    expect((await compare(at(5, 20_000), at(5.9, 20_000), rounded)).isSame).toBe(true);
    const exactBoxes = { ...rounded, shapes: EXACT.shapes };
    expect((await compare(at(5, 100), at(5.4, 100), exactBoxes)).counts).toEqual({ moved: 1 });
  });

  it('does not look for shapes that are dropped, and says when an image was emptied by it', async () => {
    const boxes = fidelityTable({ ...EXACT, shapes: { box: 'exact' } });
    const a = dataset([annotation(box(5)), annotation(turned)]);
    expect(await compare(a, dataset([annotation(box(5))]), boxes)).toMatchObject({
      isSame: true,
      leftOut: 1,
      annotationsInA: 1,
      emptiedImages: 0,
    });
    const onlyTurned = dataset([annotation(turned)]);
    expect(await compare(onlyTurned, dataset([], { state: 'confirmedEmpty' }), boxes)).toMatchObject({
      isSame: true,
      emptiedImages: 1,
    });
    expect(await compare(onlyTurned, { labels: onlyTurned.labels, images: [] }, boxes)).toMatchObject({
      isSame: true,
      emptiedImages: 0,
    });
  });

  it('wants a trace of lossy shapes, of their label and in their place', async () => {
    const lossy = fidelityTable({ ...EXACT, shapes: { 'rotated-box': 'lossy', polygon: 'exact' } });
    const a = dataset([annotation(turned)]);
    expect(await compare(a, dataset([annotation(around)]), lossy)).toMatchObject({
      isSame: true,
      matched: 0,
      matchedInPart: 1,
    });
    expect((await compare(a, dataset([annotation(around, { classIndex: 5 })]), lossy)).counts).toEqual({
      missing: 1,
      extra: 1,
    });
    expect((await compare(a, dataset([annotation(box(0))]), lossy)).counts).toEqual({ missing: 1, extra: 1 });
    const asTag = fidelityTable({ ...EXACT, shapes: { 'rotated-box': 'lossy', tag: 'exact' } });
    expect(await compare(a, dataset([annotation({ type: 'tag' })]), asTag)).toMatchObject({ isSame: true });
    expect((await compare(a, dataset([]), lossy)).counts).toEqual({ missing: 1 });
  });

  it('lets empty images go where they are dropped', async () => {
    const empty = dataset([], { state: 'confirmedEmpty' });
    const none: MemoryDataset = { labels: empty.labels, images: [] };
    expect((await compare(empty, none, EXACT)).counts).toEqual({ imageMissing: 1 });
    expect(await compare(empty, none, { ...EXACT, emptyImages: 'dropped' })).toMatchObject({ isSame: true });
  });

  it('lets scores be rounded to three decimals where they are rounded', async () => {
    const a = dataset([annotation(box(5), { score: 0.123456 })]);
    const b = dataset([annotation(box(5), { score: 0.123 })]);
    expect((await compare(a, b, EXACT)).counts).toEqual({ scoreChanged: 1 });
    expect(await compare(a, b, { ...EXACT, score: 'rounded' })).toMatchObject({ isSame: true });
    const c = dataset([annotation(box(5), { score: 0.2 })]);
    expect((await compare(a, c, { ...EXACT, score: 'rounded' })).counts).toEqual({ scoreChanged: 1 });
  });
});
