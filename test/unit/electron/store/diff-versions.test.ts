import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lake, openLake } from '../../../../electron/store/lake';
import { PublishRow } from '../../../../shared/ipc/channels/datasets';
import type { Sha256 } from '../../../../shared/schema/ids';
import { okValue } from '../../../fixtures/ok-value';
import {
  COLOUR,
  contentKeyOf,
  publishRequest,
  publishRow,
  publishRows,
  SIGN,
  uuidOf,
} from '../../../fixtures/publish-rows';

let home: string;
let lake: Lake;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'groundmark-diff-test-'));
  lake = openLake(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function publish(rows: readonly PublishRow[], request = publishRequest()): Promise<Sha256> {
  const publishing = okValue(await lake.beginPublish(request, contentKeyOf(rows)));
  okValue(await publishing.append(publishing.nextBatch, rows));
  return okValue(await publishing.finish()).version.id;
}

describe('the difference of two versions', () => {
  it('counts each kind of change by annotation and image, and describes samples', async () => {
    const before = publishRows(20);
    const changed: Record<number, (row: PublishRow) => PublishRow> = {
      // The car of image 0 moves 5 px right.
      0: (row) => edit(row, 0, { shape: { type: 'box', x: 15.1, y: 20.2, width: 30.3, height: 40.4 } }),
      // The lorry of image 1 becomes a sign and moves.
      1: (row) => edit(row, 1, { labelId: SIGN, shape: { type: 'box', x: 1, y: 1, width: 9, height: 9 } }),
      // The car of image 2 turns blue.
      2: (row) => edit(row, 0, { attributes: { [COLOUR]: 'blue' } }),
      // One vertex of the sign of image 3 moves, inside the same bounds.
      3: (row) =>
        edit(row, 2, {
          shape: {
            type: 'polyline',
            points: [
              { x: 1.5, y: 50 },
              { x: 100.25, y: 2.5 },
            ],
          },
        }),
      // All of image 5 is deleted; a box is added to image 7.
      5: (row) => PublishRow.parse({ ...row, annotations: [] }),
      7: (row) =>
        PublishRow.parse({
          ...row,
          annotations: [...row.annotations, { ...row.annotations[0], id: uuidOf('new box') }],
        }),
    };
    const after = [
      ...before.slice(0, 19).map((row, index) => changed[index]?.(row) ?? row),
      publishRow(21),
      publishRow(22),
    ];
    const diff = okValue(await lake.diff(await publish(before), await publish(after)));
    // Image 19 is confirmed empty and goes; 21 and 22 are labelled, three objects each.
    expect(diff.images).toEqual({ added: 2, removed: 1, splitChanged: 0 });
    // 14 labelled images before: 0-19 less 4, 9, 14, 19 (empty) and 6, 13 (unlabelled).
    expect(diff.annotations).toEqual({
      added: 7,
      removed: 3,
      moved: 3,
      relabelled: 1,
      attributesChanged: 1,
      unchanged: 14 * 3 - 3 - 4,
    });
    expect(diff.labels).toEqual([]);
    const descriptions = (kind: string) =>
      diff.samples.filter((sample) => sample.kind === kind).map((sample) => sample.description);
    expect(descriptions('moved')).toContain(
      'car from 30.3 × 40.4 at 10.1, 20.2 to 30.3 × 40.4 at 15.1, 20.2',
    );
    expect(descriptions('relabelled')).toEqual(['from car to traffic sign']);
    expect(descriptions('attributesChanged')).toEqual([
      'car: {"colour":"red"} occluded became {"colour":"blue"} occluded',
    ]);
    expect(descriptions('imageAdded')).toHaveLength(2);
    expect(diff.samples.filter((sample) => sample.kind === 'added')).toHaveLength(7);
  });

  it('is empty between a version and itself', async () => {
    const id = await publish(publishRows(10));
    const diff = okValue(await lake.diff(id, id));
    expect(diff.images).toEqual({ added: 0, removed: 0, splitChanged: 0 });
    expect(diff.annotations).toMatchObject({
      added: 0,
      removed: 0,
      moved: 0,
      relabelled: 0,
      attributesChanged: 0,
    });
    expect(diff.annotations.unchanged).toBe(21);
    expect(diff.samples).toEqual([]);
  });

  it('tells renamed labels from relabelled objects, and images that changed their split', async () => {
    const request = publishRequest();
    const renamed = publishRequest({
      labelSchema: {
        ...request.labelSchema,
        labels: request.labelSchema.labels.map((label) =>
          label.id === SIGN ? { ...label, name: 'sign' } : label,
        ),
      },
      splitRule: { ...request.splitRule, ratios: { train: 0, val: 1, test: 0 } },
    });
    const first = await publish(publishRows(20));
    const diff = okValue(await lake.diff(first, await publish(publishRows(20), renamed)));
    expect(diff.labels).toEqual([{ classIndex: 2, before: 'traffic sign', after: 'sign' }]);
    expect(diff.annotations).toMatchObject({ relabelled: 0, moved: 0, unchanged: 42 });
    const { counts } = okValue(await lake.version(first)).manifest;
    expect(diff.images.splitChanged).toBe(counts.images - counts.bySplit.val);
  });

  it('keeps totals complete when there are more changes than samples', async () => {
    const before = await publish(publishRows(1));
    const diff = okValue(await lake.diff(before, await publish(publishRows(1000))));
    const labelled = Array.from({ length: 1000 }, (_, index) => index).filter(
      (index) => index % 7 !== 6 && index % 5 !== 4,
    ).length;
    expect(diff.annotations.added).toBe((labelled - 1) * 3);
    expect(diff.samples.length).toBeLessThanOrEqual(500);
  });
});

function edit(row: PublishRow, index: number, change: Record<string, unknown>): PublishRow {
  return PublishRow.parse({
    ...row,
    annotations: row.annotations.map((annotation, at) =>
      at === index ? { ...annotation, ...change } : annotation,
    ),
  });
}
