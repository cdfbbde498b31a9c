import type { YoloTask } from './yolo-options';

/** How the annotations of a dataset are written. */
export interface LinePlan {
  readonly task: YoloTask;
  /** Whether other shapes are written as the nearest thing that the task holds, instead of being left out. */
  readonly takesAll: boolean;
  /** Whether boxes are written as four corners, clockwise from the top left, which nothing else may then look like. */
  readonly hasBoxOutlines: boolean;
  readonly classes: ReadonlyMap<number, unknown>;
  /** Names of the joints by class, and how many columns of joints each line has. */
  readonly jointsOfClass: ReadonlyMap<number, readonly string[]>;
  readonly jointCount: number;
}
