import type { SchemaTemplate } from './label-template';
import { COCO_PERSON } from './skeletons';

/** The 80 detection classes of COCO 2017 in the order trainers number them 0 to 79, by supercategory. */
const CLASSES: readonly (readonly [supercategory: string, names: readonly string[]])[] = [
  ['person', ['person']],
  ['vehicle', ['bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat']],
  ['outdoor', ['traffic light', 'fire hydrant', 'stop sign', 'parking meter', 'bench']],
  ['animal', ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe']],
  ['accessory', ['backpack', 'umbrella', 'handbag', 'tie', 'suitcase']],
  [
    'sports',
    [
      'frisbee',
      'skis',
      'snowboard',
      'sports ball',
      'kite',
      'baseball bat',
      'baseball glove',
      'skateboard',
      'surfboard',
      'tennis racket',
    ],
  ],
  ['kitchen', ['bottle', 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl']],
  [
    'food',
    ['banana', 'apple', 'sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut', 'cake'],
  ],
  ['furniture', ['chair', 'couch', 'potted plant', 'bed', 'dining table', 'toilet']],
  ['electronic', ['tv', 'laptop', 'mouse', 'remote', 'keyboard', 'cell phone']],
  ['appliance', ['microwave', 'oven', 'toaster', 'sink', 'refrigerator']],
  ['indoor', ['book', 'clock', 'vase', 'scissors', 'teddy bear', 'hair drier', 'toothbrush']],
];

/** COCO's detection classes. Its own category ids have gaps; here ids are 0 to 79 without gaps, as trainers use them. */
export const coco80: SchemaTemplate = {
  id: 'coco-80',
  title: 'COCO 80',
  description: 'The 80 everyday object classes of COCO detection, in their official order.',
  labels: CLASSES.flatMap(([supercategory, names]) =>
    names.map((name) => ({ name, supercategory, ...(name === 'person' ? { skeleton: COCO_PERSON } : {}) })),
  ),
};
