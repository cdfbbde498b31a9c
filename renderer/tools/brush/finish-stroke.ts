import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor } from '../../editor/editor';
import type { ToolState } from '../tool';
import { idle } from './idle';
import type { Stroke } from './stroke';

/** Commits a stroke; why it cannot be kept stays to be read. The next may go on from where it ended. */
export function finishStroke(editor: Editor, stroke: Stroke, last: ImagePoint | null): ToolState {
  if (stroke.keep(editor)) editor.setPreview(null);
  else editor.setPreview({ shapes: [], hint: editor.session.preview?.hint ?? null });
  return idle(last);
}
