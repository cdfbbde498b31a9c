import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { detectFormats, LEAST_CONFIDENCE } from '../../shared/formats/detect-formats';
import { okValue } from '../fixtures/ok-value';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const isHere = existsSync(data);
if (!isHere) console.warn('skipped: the real data of ../shared/data is not here');

/**
 * What other people's folders are offered as, surest first, each worked out by looking into the folder. Folders with
 * several formats beside one another are offered as all of them; what has no format of ours is offered as none.
 */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  'coco-val': ['coco-panoptic', 'yolo', 'masks'],
  'coco-val/panoptic_segmentation': ['coco-panoptic'],
  'coco-val/semantic_segmentation': ['masks'],
  'coco-val/object_detection': ['yolo'],
  'coco-val/instance_segmentation': ['yolo'],
  'voc-traffic-lights': ['voc'],
  kitti: ['kitti'],
  'video-pets': ['mot'],
  lanes: ['masks'],
  'bdd-frames': [],
  'labelme/bbox_detection': ['labelme', 'voc'],
  'labelme/instance_segmentation': ['coco', 'labelme', 'masks'],
  'labelme/video_annotation': ['labelme', 'masks'],
  tables: [],
  'formats/label-studio': ['label-studio'],
  'images-robustness': [],
};

/** The same of Datumaro's own test assets, one folder a format of theirs. */
const OFFERED_OF_DATUMARO: Readonly<Record<string, readonly string[]>> = {
  ade20k2017_dataset: [],
  ade20k2020_dataset: [],
  align_celeba_dataset: [],
  ava_dataset: [],
  brats_dataset: [],
  camvid_dataset: ['masks'],
  celeba_dataset: [],
  cifar10_dataset: [],
  cifar100_dataset: [],
  cityscapes_dataset: ['cityscapes'],
  coco_dataset: ['coco', 'coco-panoptic'],
  common_semantic_segmentation_dataset: ['masks'],
  common_super_resolution_dataset: [],
  compat: ['datumaro'],
  cvat_dataset: ['cvat', 'cvat-video'],
  datumaro_dataset: ['datumaro'],
  dota_dataset: ['dota'],
  icdar_dataset: [],
  image_dir_dataset: [],
  imagenet_dataset: [],
  imagenet_subsets_dataset: ['yolo-classify'],
  imagenet_txt_dataset: [],
  kaggle_dataset: ['coco', 'voc', 'masks', 'csv', 'yolo'],
  kinetics_dataset: [],
  kitti_dataset: ['kitti'],
  labelme_dataset: [],
  lfw_dataset: [],
  mapillary_vistas_dataset: ['coco-panoptic'],
  market1501_dataset: [],
  mars_dataset: [],
  mnist_csv_dataset: [],
  mnist_dataset: [],
  mot_dataset: ['mot'],
  mots_dataset: ['mots'],
  mpii_dataset: [],
  mpii_json_dataset: [],
  mvtec_dataset: ['masks'],
  nyu_depth_v2_dataset: [],
  open_images_dataset: ['open-images'],
  // Its folder for oriented boxes holds DOTA's lines.
  roboflow_dataset: ['coco', 'createml', 'dota', 'tfrecord', 'voc', 'yolo', 'csv'],
  segment_anything_dataset: [],
  sly_pointcloud_dataset: [],
  synthia_dataset: ['masks'],
  tabular_dataset: [],
  tf_detection_api_dataset: ['tfrecord'],
  vgg_face2_dataset: [],
  voc_dataset: ['voc'],
  vott_csv_dataset: ['csv'],
  vott_json_dataset: ['vott'],
  widerface_dataset: [],
  yolo_dataset: ['yolo'],
};

const assets = 'formats/datumaro/tests/assets';
const expected = [
  ...Object.entries(OFFERED),
  ...Object.entries(OFFERED_OF_DATUMARO).map(([name, ids]) => [`${assets}/${name}`, ids] as const),
];

describe.skipIf(!isHere)('other people’s folders', () => {
  it.each(expected)('%s is offered as what it is', async (folder, ids) => {
    const detected = await detectFormats(okValue(await openDatasetFolder(path.join(data, folder))));
    const offered = detected.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
    expect(offered.map(({ format }) => format.id)).toEqual(ids);
    for (const { reasons } of offered) expect(reasons.length).toBeGreaterThan(0);
  });
});
