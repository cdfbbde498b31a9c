import type { ShapeType, SkeletonShape } from '../../schema/shapes';
import { MAX_JOINTS } from '../../schema/shapes/skeleton';
import type { DatasetLabel, DatasetSource } from '../format';
import { isUnlabelled } from '../parts/dropped-parts';
import type { YoloTask } from './yolo-options';

/** What a writer must know of a dataset before its first line. */
export interface Survey {
  readonly task: YoloTask;
  readonly hasSplits: boolean;
  /** Shapes of labelled images, by kind. */
  readonly counts: ReadonlyMap<ShapeType, number>;
  /** Names of the joints of each class that has any, in the order of its columns. */
  readonly jointsOfClass: ReadonlyMap<number, readonly string[]>;
  readonly edgesOfClass: ReadonlyMap<number, SkeletonShape['edges']>;
}

/**
 * One pass over a dataset, which decides the task where nobody named one: poses where there is a skeleton, else outlines
 * where there is a polygon or a mask, else oriented boxes where one is turned, else boxes.
 */
export async function surveyed(
  source: DatasetSource,
  labels: readonly DatasetLabel[],
  asked: YoloTask | null,
): Promise<Survey> {
  const joints = new Map<number, string[]>();
  const edgesOfClass = new Map<number, SkeletonShape['edges']>();
  for (const { classIndex, skeleton } of labels) {
    if (skeleton === undefined) continue;
    joints.set(classIndex, [...skeleton.joints]);
    edgesOfClass.set(
      classIndex,
      skeleton.edges.map(([from, to]) => [from, to] as const),
    );
  }
  const counts = new Map<ShapeType, number>();
  let hasSplits = false;
  if (asked !== null && asked !== 'pose') {
    for await (const image of source.images()) {
      hasSplits = image.split !== null && image.state !== 'unlabelled';
      if (hasSplits) break;
    }
    return { task: asked, hasSplits, counts, jointsOfClass: joints, edgesOfClass };
  }
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (isUnlabelled(image, annotations)) continue;
    if (image.split !== null) hasSplits = true;
    for (const { shape, classIndex } of annotations) {
      counts.set(shape.type, (counts.get(shape.type) ?? 0) + 1);
      if (shape.type !== 'skeleton') continue;
      addJoints(joints, classIndex, shape);
      if (!edgesOfClass.has(classIndex)) edgesOfClass.set(classIndex, shape.edges);
    }
  }
  return { task: asked ?? taskOf(counts), hasSplits, counts, jointsOfClass: joints, edgesOfClass };
}

function taskOf(counts: ReadonlyMap<ShapeType, number>): YoloTask {
  if (counts.has('skeleton')) return 'pose';
  if (counts.has('polygon') || counts.has('mask')) return 'segment';
  return counts.has('rotated-box') ? 'obb' : 'detect';
}

/** Objects keep the joints that their template had when they were made, so a class may know more than any one of them. */
function addJoints(
  joints: Map<number, string[]>,
  classIndex: number,
  { joints: ofShape }: SkeletonShape,
): void {
  const known = joints.get(classIndex);
  if (known === undefined) {
    joints.set(
      classIndex,
      ofShape.map((joint) => joint.name),
    );
    return;
  }
  if (known.length === ofShape.length && ofShape.every((joint, at) => joint.name === known[at])) return;
  for (const [name, count] of countsOf(ofShape.map((joint) => joint.name))) {
    let missing = count - known.filter((other) => other === name).length;
    for (; missing > 0 && known.length < MAX_JOINTS; missing -= 1) known.push(name);
  }
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
