import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelStudio } from '../../../shared/formats/label-studio/label-studio';
import { countSetPixels } from '../../../shared/geometry/mask-runs';
import type { Size } from '../../../shared/geometry/rect';
import { compareWithRead, comparisonFor } from '../../../shared/quality/comparison-for';
import { runsOfShape } from '../../../shared/shapes/mask/mask-pixels';
import { okValue } from '../../fixtures/ok-value';
import {
  type CollectedDataset,
  collected,
  memoryFolder,
  memorySink,
  memorySource,
} from '../../harness/memory-dataset';
import { isRealDataHere, REAL_DATA } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const examples = path.join(REAL_DATA, 'formats/label-studio/examples');

/** The pictures are on the web: their sizes stand in for them, as if they lay beside the files. */
function exampleFolder(name: string, size: Size) {
  const root = path.join(examples, name);
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(root, { recursive: true }).map(String)) {
    if (/\.(?:json|xml)$/.test(entry)) files.set(entry, new Uint8Array(readFileSync(path.join(root, entry))));
  }
  const sizes = new Map<string, Size>();
  for (const content of files.values()) {
    for (const [, address = ''] of Buffer.from(content)
      .toString('utf8')
      .matchAll(/"https:\/\/([^"?]+\.jpg)"/g)) {
      sizes.set(address, size);
    }
  }
  for (const picture of sizes.keys()) files.set(picture, new Uint8Array());
  return { folder: memoryFolder(files, { sizes }), files };
}

async function readExample(
  name: string,
  size: Size = { width: 1000, height: 500 },
): Promise<CollectedDataset> {
  const { folder } = exampleFolder(name, size);
  expect((await labelStudio.detect(folder)).confidence).toBeGreaterThanOrEqual(0.9);
  return collected(labelStudio.read(folder));
}

const ASTRONAUT =
  'htx-misc.s3.amazonaws.com/opensource/label-studio/examples/images/nick-owuor-astro-nic-visuals-wDifg5xc9Z4-unsplash.jpg';

describe.skipIf(!isRealDataHere)("Label Studio's own examples", () => {
  it('image_bbox: a box of a person goes before the proposals of models', async () => {
    const read = await readExample('image_bbox');
    expect(read.labels).toEqual([
      { classIndex: 0, name: 'Planet', supercategory: null, allowedShapes: ['box', 'rotated-box'] },
      {
        classIndex: 1,
        name: 'Moonwalker',
        supercategory: null,
        color: '#0000ff',
        allowedShapes: ['box', 'rotated-box'],
      },
    ]);
    expect(read.images.map(({ key, size, state }) => [key.split('/').at(-1), size, state])).toEqual([
      ['nick-owuor-astro-nic-visuals-wDifg5xc9Z4-unsplash.jpg', { width: 1000, height: 500 }, 'labelled'],
      ['history-in-hd-e5eDHbmHprg-unsplash.jpg', { width: 1000, height: 500 }, 'unlabelled'],
      ['soroush-karimi-crjPrExvShc-unsplash.jpg', { width: 1000, height: 500 }, 'unlabelled'],
    ]);
    expect(inTenths(read)).toEqual([[ASTRONAUT, 1, 'box', [508, 29.3, 124, 52.3]]]);
    // The list of tasks speaks of the picture as well, with what two models proposed.
    expect(codes(read)).toEqual(['label-studio-further-annotations', 'label-studio-task-superseded']);
  });

  it('image_bbox_large: every one of the 200 boxes by percent of the sides', async () => {
    const read = await readExample('image_bbox_large');
    const whole = JSON.parse(
      readFileSync(path.join(examples, 'image_bbox_large/annotations/1.json'), 'utf8'),
    ) as {
      annotations: {
        result: {
          original_width?: number;
          original_height?: number;
          value: Record<string, number> & { rectanglelabels: string[] };
        }[];
      }[];
    };
    const expected = (whole.annotations[0]?.result ?? []).map(
      ({ value, original_width = 1000, original_height = 500 }) => [
        value.rectanglelabels[0],
        ...[value.x, value.y, value.width, value.height].map((part, at) =>
          tenth(((part ?? 0) * (at % 2 === 0 ? original_width : original_height)) / 100),
        ),
      ],
    );
    expect(expected).toHaveLength(200);
    expect(
      read.annotations.map(({ classIndex, shape }) => {
        if (shape.type !== 'box') throw new Error(`a ${shape.type} among the boxes`);
        return [read.labels[classIndex]?.name, ...[shape.x, shape.y, shape.width, shape.height].map(tenth)];
      }),
    ).toEqual(expected);
  });

  it('image_ellipses and image_multilabel: choices of the picture are its attributes beside regions', async () => {
    const ellipses = await readExample('image_ellipses');
    expect(ellipses.labels.map(({ name, color }) => [name, color])).toEqual([
      ['Planet', '#ffff00'],
      ['Moonwalker', '#ff0000'],
    ]);
    const [ellipse] = ellipses.annotations;
    expect(ellipses.annotations).toHaveLength(1);
    expect(ellipse?.shape.type).toBe('ellipse');
    const multi = await readExample('image_multilabel');
    expect(multi.annotations).toHaveLength(1);
    for (const read of [ellipses, multi]) {
      const labelled = read.images.filter(({ state }) => state === 'labelled');
      expect(labelled.map(({ attributes }) => Object.keys(attributes ?? {}).length)).toEqual([1]);
    }
  });

  it('image_polygons and image_keypoints: vertices and points by percent', async () => {
    const polygons = await readExample('image_polygons');
    // What a person drew on one picture, and what a model proposed for another.
    expect(
      polygons.annotations.map(({ imageKey, shape }) => [
        imageKey.split('/').at(-1),
        shape.type === 'polygon'
          ? shape.parts[0]?.exterior.map(({ x, y }) => [tenth(x), tenth(y)]).slice(0, 2)
          : shape.type,
      ]),
    ).toEqual([
      [
        'spacexmoon-800x501.jpg',
        [
          [272, 206.2],
          [257.3, 353.1],
        ],
      ],
      ['Fronalpstock_big.jpg', expect.any(Array)],
    ]);
    const keypoints = await readExample('image_keypoints');
    expect(inTenths(keypoints)).toEqual([
      ['user.fm/files/v2-901310d5cb3fa90e0616ca10590bacb3/spacexmoon-800x501.jpg', 0, 'points', [496, 261.7]],
      [
        'user.fm/files/v2-901310d5cb3fa90e0616ca10590bacb3/spacexmoon-800x501.jpg',
        1,
        'points',
        [477.3, 263.8],
      ],
    ]);
    expect(keypoints.labels.map(({ name }) => name)).toEqual(['Hello', 'World']);
  });

  it('image_magic_wand: brushes set the pixels that the official converter finds', async () => {
    const read = await readExample('image_magic_wand');
    // Counted with label_studio_sdk 2.1.2: decode_rle(…).reshape(-1, 4)[:, 3] > 0.
    expect(
      read.annotations.map(({ shape }) =>
        shape.type === 'mask' ? countSetPixels(runsOfShape(shape)) : shape.type,
      ),
    ).toEqual([381_431, 261_525]);
    expect(read.images.find(({ state }) => state === 'labelled')?.size).toEqual({
      width: 3000,
      height: 2860,
    });
  });

  it('image_segmentation: a brush that does not say its size takes that of the picture', async () => {
    const read = await readExample('image_segmentation', { width: 2242, height: 2802 });
    expect(
      read.annotations.map(({ shape }) => (shape.type === 'mask' ? countSetPixels(runsOfShape(shape)) : 0)),
    ).toEqual([260_411]);
    const other = await readExample('image_segmentation');
    expect(other.annotations).toEqual([]);
    expect(codes(other)).toEqual(['label-studio-bad-region', 'label-studio-task-superseded']);
  });

  it('image_tools: a tool and its labels are one region, relations join', async () => {
    const { files } = exampleFolder('image_tools', { width: 2242, height: 2802 });
    // The annotation was saved without its task's data; a task gives it back.
    const tasks = JSON.parse(Buffer.from(files.get('tasks.json') ?? []).toString('utf8')) as object[];
    const annotation = JSON.parse(
      Buffer.from(files.get('annotations/1.json') ?? []).toString('utf8'),
    ) as object;
    const folder = memoryFolder(
      new Map<string, string | Uint8Array>([
        ['tasks.json', JSON.stringify([{ ...tasks[0], ...annotation }])],
        ['config.xml', files.get('config.xml') ?? ''],
      ]),
    );
    const read = await collected(labelStudio.read(folder));
    expect(read.problems.map(({ code }) => code)).toEqual([]);
    const kinds = read.annotations.map(({ shape }) => (shape.type === 'mask' ? 'mask' : shape.type));
    expect(kinds.sort()).toEqual([
      'box',
      'box',
      'box',
      'box',
      'ellipse',
      'mask',
      'points',
      'points',
      'points',
      'polygon',
    ]);
    const mask = read.annotations.find(({ shape }) => shape.type === 'mask')?.shape;
    expect(mask?.type === 'mask' ? countSetPixels(runsOfShape(mask)) : 0).toBe(59_413);
    expect(read.annotations.filter(({ groupId }) => groupId !== undefined).length).toBeGreaterThan(1);
  });

  it.each(['audio_regions', 'named_entity', 'timeseries_single', 'video_bboxes'])(
    '%s is not about pictures and is refused with the reason',
    async (name) => {
      const { confidence, reasons } = await labelStudio.detect(
        exampleFolder(name, { width: 10, height: 10 }).folder,
      );
      expect(confidence).toBeLessThan(0.5);
      expect(reasons.join(' ')).toMatch(/not about pictures/);
    },
  );

  it.each([
    'image_bbox',
    'image_bbox_large',
    'image_ellipses',
    'image_keypoints',
    'image_list_large',
    'image_magic_wand',
    'image_multilabel',
    'image_polygons',
    'classification_mixed',
  ])('%s is the same after writing and reading', async (name) => {
    const read = await readExample(name);
    const images = read.images.map((image) => ({
      image,
      annotations: read.annotations.filter(({ imageKey }) => imageKey === image.key),
    }));
    const source = memorySource({ labels: read.labels, images });
    const sink = memorySink();
    const report = okValue(await labelStudio.write(source, sink));
    const problems: string[] = [];
    const comparison = await compareWithRead(
      source,
      labelStudio.read(memoryFolder(sink.files)),
      comparisonFor(labelStudio.fidelity()),
      { onProblem: ({ code }) => problems.push(code) },
    );
    expect(comparison.samples).toEqual([]);
    expect(problems).toEqual([]);
    expect(comparison.matched).toBe(read.annotations.length);
    expect(
      Object.keys(report.lossCountByCode).filter((code) => code !== 'unlabelled-image-left-out'),
    ).toEqual([]);
  });
});

function codes({ problems }: CollectedDataset): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].sort();
}

/** Image, class, kind and numbers of boxes and points, to a tenth of a pixel. */
function inTenths({ annotations }: CollectedDataset): unknown[] {
  return annotations.map(({ imageKey, classIndex, shape }) => {
    const numbers =
      shape.type === 'box'
        ? [shape.x, shape.y, shape.width, shape.height]
        : shape.type === 'points'
          ? shape.points.flatMap(({ x, y }) => [x, y])
          : [];
    return [imageKey, classIndex, shape.type, numbers.map(tenth)];
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
