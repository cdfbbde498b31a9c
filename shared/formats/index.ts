import { bdd100k } from './bdd100k/bdd100k';
import { cityscapes } from './cityscapes/cityscapes';
import { coco } from './coco/coco';
import { cocoPanoptic } from './coco-panoptic/coco-panoptic';
import { createml } from './createml/createml';
import { csv } from './csv/csv';
import { cvat } from './cvat/cvat';
import { cvatVideo } from './cvat-video/cvat-video';
import { datumaro } from './datumaro/datumaro';
import { dota } from './dota/dota';
import type { DatasetFormat } from './format';
import { gmk } from './gmk/gmk';
import { kitti } from './kitti/kitti';
import { labelStudio } from './label-studio/label-studio';
import { labelme } from './labelme/labelme';
import { masks } from './masks/masks';
import { mot } from './mot/mot';
import { mots } from './mots/mots';
import { openImages } from './open-images/open-images';
import { parquet } from './parquet/parquet';
import { supervisely } from './supervisely/supervisely';
import { tfrecord } from './tfrecord/tfrecord';
import { via } from './via/via';
import { voc } from './voc/voc';
import { vott } from './vott/vott';
import { webdataset } from './webdataset/webdataset';
import { xanylabeling } from './xanylabeling/xanylabeling';
import { yolo } from './yolo/yolo';
import { yoloClassify } from './yolo-classify/yolo-classify';

/** Every dataset format. A new one is one folder and one line here; the conformance suite then runs over it. */
export const FORMATS = {
  bdd100k,
  cityscapes,
  coco,
  'coco-panoptic': cocoPanoptic,
  createml,
  csv,
  cvat,
  'cvat-video': cvatVideo,
  datumaro,
  dota,
  gmk,
  kitti,
  'label-studio': labelStudio,
  labelme,
  masks,
  mot,
  mots,
  'open-images': openImages,
  parquet,
  supervisely,
  tfrecord,
  via,
  voc,
  vott,
  webdataset,
  xanylabeling,
  yolo,
  'yolo-classify': yoloClassify,
} as const satisfies Record<string, DatasetFormat>;

export type FormatId = keyof typeof FORMATS;

/** The format with this id, or null when there is none. */
export function formatById(id: string): DatasetFormat | null {
  return Object.hasOwn(FORMATS, id) ? FORMATS[id as FormatId] : null;
}
