import { findLabel } from '../../../shared/actions/edit/describe-objects';
import type { SkeletonTemplate } from '../../../shared/schema/shapes';
import type { Editor } from '../../editor/editor';
import { arrangedCorners, CORNER_STEPS, cornerRect } from '../parts/corner-steps';
import type { StepwiseDrawing } from '../parts/stepwise-drawing';
import { stepwiseIdle } from '../parts/stepwise-idle';
import type { Tool } from '../tool';
import { skeletonFromTemplate } from './skeleton-from-template';

const drawing: StepwiseDrawing = {
  shapeType: 'skeleton',
  noun: 'skeleton',
  steps: CORNER_STEPS,
  isDragged: true,
  arranged: arrangedCorners,
  shapeOf(points, editor) {
    const template = templateNow(editor);
    const rect = cornerRect(points);
    // Joints of a flat skeleton lie on one another and cannot be taken apart by hand.
    if (template === null || rect.width < 1 || rect.height < 1) return null;
    return skeletonFromTemplate(template, rect);
  },
};

function templateNow({ schema, session }: Editor): SkeletonTemplate | null {
  const label = session.activeLabelId === null ? undefined : findLabel(schema, session.activeLabelId);
  return label?.skeleton ?? null;
}

/** Places the skeleton of the label at hand into a rectangle; its joints are then moved with the select tool. */
export const skeleton: Tool = {
  id: 'skeleton',
  title: 'Skeleton',
  initial: () => stepwiseIdle(() => drawing),
};
