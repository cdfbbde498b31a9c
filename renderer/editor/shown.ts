import type { Annotation } from '../../shared/schema/annotation';
import { behaviourOf } from '../../shared/shapes';
import type { Session } from './editor';

/** Whether an object can be seen now: not hidden, and not set aside while others are isolated. */
export function isShown({ isolated }: Pick<Session, 'isolated'>, annotation: Annotation): boolean {
  return !annotation.isHidden && (isolated === null || isolated.has(annotation.id));
}

/** Whether an object is on the canvas now: shown, and with a place in the picture. */
export function isOnCanvas(session: Pick<Session, 'isolated'>, annotation: Annotation): boolean {
  return isShown(session, annotation) && behaviourOf(annotation.shape).cover !== 'none';
}
