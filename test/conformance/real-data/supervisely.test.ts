import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { supervisely } from '../../../shared/formats/supervisely/supervisely';
import { okValue } from '../../fixtures/ok-value';
import { collected } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isRealDataHere)('a real Supervisely project of another kind', () => {
  it('point clouds are told from images, with the reason', async () => {
    const folder = okValue(await openDatasetFolder(path.join(DATUMARO_ASSETS, 'sly_pointcloud_dataset')));
    const detection = await supervisely.detect(folder);
    expect(detection.confidence).toBeLessThan(0.5);
    expect(detection.reasons).toEqual([
      'meta.json is of a Supervisely project of point clouds, not of images',
    ]);
    const read = await collected(supervisely.read(folder));
    expect(read.problems.map((problem) => problem.code)).toEqual(['format-unrecognised']);
  });
});
