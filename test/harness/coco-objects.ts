import { tightMask } from '../../shared/geometry/mask-runs';
import { decodeRle } from '../../shared/geometry/rle';
import type { CocoObject } from '../../shared/quality/metrics/coco-image';
import type { CocoKind } from '../../shared/quality/metrics/coco-parameters';
import type { JointVisibility, Shape } from '../../shared/schema/shapes';
import { shapeOfRuns } from '../../shared/shapes/mask/mask-pixels';

/** What COCO's files say of an object, as the fixtures of the evaluation have it. */
export interface CocoRecord {
  readonly id?: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly iscrowd?: number;
  readonly score?: number;
  readonly area?: number;
  readonly bbox?: readonly number[];
  readonly segmentation?: { readonly size: readonly number[]; readonly counts: string };
  readonly keypoints?: readonly number[];
}

export interface CocoCase {
  readonly name: string;
  readonly kind: CocoKind;
  readonly stats: readonly number[];
  readonly groundTruth: {
    readonly images: readonly { readonly id: number }[];
    readonly categories: readonly { readonly keypoints?: readonly string[] }[];
    readonly annotations: readonly CocoRecord[];
  };
  readonly detections: readonly CocoRecord[];
}

/** The ground truth and the detections of one picture of a case. */
export function cocoObjects({ kind, groundTruth, detections }: CocoCase, imageId: number) {
  const names = groundTruth.categories[0]?.keypoints ?? [];
  const objects = (records: readonly CocoRecord[]) =>
    records
      .filter((record) => record.image_id === imageId)
      .map((record, index) => objectOf(kind, names, record, index));
  return { groundTruth: objects(groundTruth.annotations), detections: objects(detections) };
}

function objectOf(kind: CocoKind, names: readonly string[], record: CocoRecord, index: number): CocoObject {
  const [x = 0, y = 0, width = 0, height = 0] = record.bbox ?? [];
  return {
    id: String(record.id ?? index),
    labelId: String(record.category_id),
    shape: shapeOf(kind, names, record),
    attributes: {},
    isCrowd: record.iscrowd === 1,
    score: record.score,
    area: record.area,
    bounds: record.bbox === undefined ? undefined : { x, y, width, height },
  };
}

function shapeOf(kind: CocoKind, names: readonly string[], record: CocoRecord): Shape {
  const { keypoints, segmentation, bbox } = record;
  if (kind === 'keypoints' && keypoints !== undefined) {
    const joints = names.map((name, joint) => ({
      name,
      x: keypoints[joint * 3] ?? 0,
      y: keypoints[joint * 3 + 1] ?? 0,
      visibility: (keypoints[joint * 3 + 2] ?? 0) as JointVisibility,
    }));
    return { type: 'skeleton', joints, edges: [] };
  }
  if (kind === 'segm' && segmentation !== undefined) {
    const [height = 0, width = 0] = segmentation.size;
    const ends = decodeRle(segmentation.counts, width * height);
    const runs = ends === null ? null : tightMask({ x: 0, y: 0, width, height, ends });
    if (runs === null) throw new Error('an empty mask');
    return shapeOfRuns(runs);
  }
  const [x = 0, y = 0, width = 0, height = 0] = bbox ?? [];
  return { type: 'box', x, y, width, height };
}
