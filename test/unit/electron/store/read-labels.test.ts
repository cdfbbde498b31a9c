import { expect, it } from 'vitest';
import { readLabels } from '../../../../electron/store/read-labels';
import type { DatasetEvent, DatasetFormat } from '../../../../shared/formats/format';
import { ImportBatch } from '../../../../shared/ipc/channels/datasets';
import type { JobId } from '../../../../shared/schema/ids';
import type { Shape } from '../../../../shared/schema/shapes';
import { okValue } from '../../../fixtures/ok-value';
import { uuidOf } from '../../../fixtures/publish-rows';
import { memoryFolder } from '../../../harness/memory-dataset';

const NO_FOLDER = memoryFolder(new Map());

/** A format whose files say these shapes of one image; what readers give is only as good as the files. */
function formatWith(shapes: readonly unknown[]): Pick<DatasetFormat, 'read' | 'title'> {
  return {
    title: 'Made up',
    async *read(): AsyncGenerator<DatasetEvent> {
      yield { type: 'label', label: { classIndex: 0, name: 'car', supercategory: null } };
      yield { type: 'image', image: { key: 'day/1.jpg', size: null, split: null, state: 'labelled' } };
      for (const shape of shapes) {
        yield {
          type: 'annotation',
          annotation: {
            imageKey: 'day/1.jpg',
            classIndex: 0,
            shape: shape as Shape,
            isCrowd: false,
            attributes: {},
            score: null,
          },
        };
      }
    },
  };
}

it('a bad shape is listed with its reason, a mended one with what was done, and the others come in', async () => {
  const good = { type: 'box', x: 1, y: 2, width: 3, height: 4 };
  const bowTie = {
    type: 'polygon',
    parts: [
      {
        exterior: [
          { x: 0, y: 0 },
          { x: 10, y: 10 },
          { x: 10, y: 0 },
          { x: 0, y: 10 },
        ],
        holes: [],
      },
    ],
  };
  const batches: ImportBatch[] = [];
  const format = formatWith([{ ...good, x: Number.NaN }, good, bowTie, { type: 'circle' }]) as DatasetFormat;
  okValue(
    await readLabels(format, NO_FOLDER, { jobId: uuidOf('job') as JobId, options: {} }, (batch) => {
      // As the boundary between processes checks it.
      batches.push(ImportBatch.parse(batch));
      return Promise.resolve(true);
    }),
  );
  const annotations = batches.flatMap(({ images }) => images.flatMap((image) => image.annotations));
  expect(annotations.map(({ shape }) => shape.type)).toEqual(['box', 'polygon']);
  expect(annotations[0]?.shape).toEqual(good);
  expect(batches.flatMap(({ problems }) => problems.map(({ code, path }) => [code, path]))).toEqual([
    ['bad-shape', 'day/1.jpg'],
    ['shape-repaired', 'day/1.jpg'],
    ['bad-shape', 'day/1.jpg'],
  ]);
  expect(batches[0]?.problems[0]?.message).toBe(
    'day/1.jpg: an annotation was left out. The shape cannot be used: its x is NaN, which is no number.',
  );
});

it('hands on what a dataset says beside label and shape, and reads with the options it is given', async () => {
  const label = {
    classIndex: 3,
    name: 'person',
    supercategory: null,
    color: '#00ff7f',
    skeleton: { joints: ['nose', 'hand'], edges: [[0, 1]] as const },
    attributes: [{ name: 'age', kind: 'select' as const, options: ['child', 'adult'], defaultValue: null }],
    allowedShapes: ['skeleton' as const],
  };
  const details = { groupId: 'g', trackId: '7', isKeyframe: false, isOutside: true, note: 'far away' };
  const told: unknown[] = [];
  const format = {
    title: 'Made up',
    async *read(_folder, options): AsyncGenerator<DatasetEvent> {
      told.push(options);
      yield { type: 'label', label };
      yield {
        type: 'image',
        image: {
          key: 'a.jpg',
          size: null,
          split: 'val',
          state: 'labelled',
          attributes: { weather: 'rainy' },
          frame: { sequence: 's', index: 4, timestampInMs: 160 },
        },
      };
      yield {
        type: 'annotation',
        annotation: {
          imageKey: 'a.jpg',
          classIndex: 3,
          shape: { type: 'tag' },
          isCrowd: true,
          attributes: { age: 'child' },
          score: 0.25,
          ...details,
        },
      };
    },
  } as Pick<DatasetFormat, 'read' | 'title'> as DatasetFormat;
  const batches: ImportBatch[] = [];
  okValue(
    await readLabels(
      format,
      NO_FOLDER,
      { jobId: uuidOf('job') as JobId, options: { base: '1' } },
      (batch) => {
        batches.push(ImportBatch.parse(batch));
        return Promise.resolve(true);
      },
    ),
  );
  expect(told).toEqual([{ base: '1' }]);
  expect(batches).toHaveLength(1);
  expect(batches[0]?.labels).toEqual([label]);
  expect(batches[0]?.images).toEqual([
    {
      key: 'a.jpg',
      isConfirmedEmpty: false,
      split: 'val',
      attributes: { weather: 'rainy' },
      frame: { sequence: 's', index: 4, timestampInMs: 160 },
      annotations: [
        {
          classIndex: 3,
          shape: { type: 'tag' },
          isCrowd: true,
          attributes: { age: 'child' },
          score: 0.25,
          ...details,
        },
      ],
    },
  ]);
});
