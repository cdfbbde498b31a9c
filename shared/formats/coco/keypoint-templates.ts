import type { SkeletonShape } from '../../schema/shapes';
import type { DatasetLabel } from '../format';
import type { LossTally } from '../parts/loss-tally';

type Template = NonNullable<DatasetLabel['skeleton']>;

/**
 * The keypoints of each class. COCO has one list for all objects of a class: that of the label, or of the first object
 * where the label has none.
 */
export class KeypointTemplates {
  readonly #byClass = new Map<number, Template>();
  readonly #tally: LossTally;

  constructor(tally: LossTally) {
    this.#tally = tally;
  }

  addLabel({ classIndex, skeleton }: DatasetLabel): void {
    if (skeleton !== undefined && skeleton.joints.length > 0) this.#byClass.set(classIndex, skeleton);
  }

  of(classIndex: number): Template | null {
    return this.#byClass.get(classIndex) ?? null;
  }

  /** The joints in the order of the class; what the class does not name is left out and counted. */
  aligned({ joints, edges }: SkeletonShape, classIndex: number, imageKey: string): SkeletonShape['joints'] {
    let template = this.#byClass.get(classIndex);
    if (template === undefined) {
      template = { joints: joints.map(({ name }) => name), edges };
      this.#byClass.set(classIndex, template);
    }
    const { joints: names } = template;
    if (names.length === joints.length && joints.every(({ name }, index) => name === names[index]))
      return joints;
    this.#tally.add(
      'skeleton-changed',
      imageKey,
      `A skeleton in ${imageKey} has other joints than its class: those that the class does not name were left out, those that it lacks are written as not labelled.`,
    );
    return names.map(
      (name) => joints.find((joint) => joint.name === name) ?? { name, x: 0, y: 0, visibility: 0 },
    );
  }
}
