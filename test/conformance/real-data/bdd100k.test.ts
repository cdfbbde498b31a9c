import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { bdd100k } from '../../../shared/formats/bdd100k/bdd100k';
import { okValue } from '../../fixtures/ok-value';
import { isRealDataHere, REAL_DATA } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isRealDataHere)('what is no BDD100K', () => {
  // The frames of BDD100K that are at hand have no labels; its layouts are tested by golden datasets.
  it.each([
    'bdd-frames',
    'labelme/video_annotation',
    'coco-val/panoptic_segmentation',
    'tables/vega',
    'tables/json-schema-suite',
    'formats/label-studio',
    'formats/datumaro/tests/assets/coco_dataset',
    'formats/datumaro/tests/assets/roboflow_dataset',
    'formats/datumaro/tests/assets/mapillary_vistas_dataset',
    'formats/datumaro/tests/assets/sly_pointcloud_dataset',
    'formats/datumaro/tests/assets/mpii_json_dataset',
    'formats/datumaro/tests/assets/vott_json_dataset',
  ])('%s', async (folder) => {
    const { confidence } = await bdd100k.detect(
      okValue(await openDatasetFolder(path.join(REAL_DATA, folder))),
    );
    expect(confidence).toBe(0);
  });
});
