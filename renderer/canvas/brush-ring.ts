import type { Session } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import { pointOnGlass, turnOf } from './view-turn';

/** What the brush would cover: a ring that is an element of its own, so that moving it paints nothing anew. */
export interface BrushRing {
  readonly element: HTMLElement;
  follow(session: Session, theme: CanvasTheme): void;
}

export function createBrushRing(): BrushRing {
  const element = document.createElement('div');
  element.style.cssText =
    'position:absolute;left:0;top:0;box-sizing:border-box;pointer-events:none;will-change:transform;display:none';
  const { style } = element;
  let before: Session | null = null;
  let themeBefore: CanvasTheme | null = null;

  function showLook({ toolOptions, camera }: Session, theme: CanvasTheme): void {
    const { brushShape, brushDiameter, brushMode } = toolOptions;
    const side = Math.max(brushDiameter * camera.scale, 2);
    style.width = `${side}px`;
    style.height = `${side}px`;
    style.borderRadius = brushShape === 'circle' ? '50%' : '0';
    style.border = `1px ${brushMode === 'erase' ? 'dashed' : 'solid'} ${theme.handleFill}`;
    style.boxShadow = `0 0 0 1px ${theme.crosshairHalo}, inset 0 0 0 1px ${theme.crosshairHalo}`;
  }

  return {
    element,
    follow(session, theme) {
      const at = session.keyboardCursor ?? session.pointer;
      const isShown = session.toolId === 'brush' && at !== null;
      style.display = isShown ? 'block' : 'none';
      if (!isShown) return;
      const hasNewLook =
        session.toolOptions !== before?.toolOptions ||
        session.camera.scale !== before.camera.scale ||
        theme !== themeBefore;
      if (hasNewLook) showLook(session, theme);
      before = session;
      themeBefore = theme;
      const { x, y } = pointOnGlass(turnOf(session), session.camera, at);
      const half = Math.max(session.toolOptions.brushDiameter * session.camera.scale, 2) / 2;
      style.transform = `translate(${x - half}px, ${y - half}px)`;
    },
  };
}
