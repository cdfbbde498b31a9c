import { imageFromScreen } from '../../../shared/geometry/camera';
import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import { aiming } from '../parts/aiming';
import { refused } from '../parts/refused';
import { clampedInside, pointedInside } from '../pointed';
import { onSelectionKey } from '../selection-keys';
import type { Outcome, ToolState } from '../tool';
import { outlining } from './outlining';
import { painting } from './painting';
import { resizeBrush } from './resize-brush';
import { purposeAt, selectedMask } from './stroke-purpose';
import { sweeping } from './sweeping';

/** @param last where the stroke before ended, from which Shift draws on. */
export function idle(last: ImagePoint | null): ToolState {
  return {
    id: 'idle',
    cursor: () => 'crosshair',
    onWheel: resizeBrush,
    onPointerDown: (editor, event) => pressed(editor, event, last),
    onKeyDown(editor, event) {
      if (event.key === 'Escape') {
        // First away from the mask, so that the next stroke begins a new one; then away from the brush.
        if (selectedMask(editor) !== null) editor.select([]);
        else editor.setTool('select');
        return 'stay';
      }
      if (event.key !== 'Enter') return onSelectionKey(editor, event);
      const isOther = event.shift;
      return aiming(editor, {
        noun: 'brush',
        first: event.alt ? 'the first corner of the outline' : 'it down',
        keepsSelection: true,
        onPointerDown: (target, press) => pressed(target, press, last),
        onSet(target, { at }, key) {
          const purpose = purposeAt(target, at, isOther);
          if (typeof purpose === 'string') return refused(target, purpose);
          return event.alt || key.alt ? outlining(purpose, at, null) : sweeping(purpose, at);
        },
      });
    },
  };
}

function pressed(editor: Editor, event: PointerInput, last: ImagePoint | null): Outcome {
  if (event.button === 'middle') return 'ignored';
  const at = clampedInside(editor, imageFromScreen(editor.session.camera, event.screen));
  const purpose = purposeAt(editor, at, event.button === 'secondary');
  if (typeof purpose === 'string') return refused(editor, purpose);
  if (event.alt) return outlining(purpose, pointedInside(editor, event.screen), event);
  return painting(purpose, at, event.shift ? last : null, event.button);
}
