import { useEffect, useRef, useState } from 'react';
import type { ImageRecord } from '../../../shared/schema/image';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { schemeOf } from '../../app/themed';
import { DARK_CANVAS_THEME, LIGHT_CANVAS_THEME } from '../../canvas/canvas-theme';
import { type CanvasView, mountCanvas } from '../../canvas/mount-canvas';
import { useWorkspace } from '../workspace-context';
import styles from './canvas-area.module.css';
import { keepCanvasStill } from './keep-canvas-still';

/** Holds the canvas and gives it the decoded picture of the open image. Its own state is only why there is none. */
export function CanvasHost() {
  const { editor, frame, pictures } = useServices();
  const workspace = useWorkspace();
  const container = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<CanvasView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const theme = useObservable(frame.theme);

  useEffect(() => {
    if (container.current === null) return;
    const still = keepCanvasStill(container.current, editor);
    still.beforeResize();
    const mounted = mountCanvas(container.current, editor, { label: 'Canvas' });
    still.afterResize();
    setView(mounted);
    return () => {
      still.stop();
      mounted.destroy();
    };
  }, [editor]);

  useEffect(() => {
    view?.setTheme(schemeOf(theme) === 'dark' ? DARK_CANVAS_THEME : LIGHT_CANVAS_THEME);
  }, [view, theme]);

  // Not by way of rendering: the picture must be on the canvas in the same frame as its annotations.
  useEffect(() => {
    if (view === null) return;
    let isMounted = true;
    const follow = () => {
      const open = workspace.openImage.get();
      if (open.kind === 'loading') return;
      setProblem(null);
      if (open.kind !== 'open') return view.setPicture(null, null);
      const { image } = open;
      const size = { width: image.width, height: image.height };
      void pictures.open(image).then((result) => {
        const now = workspace.openImage.get();
        if (!isMounted || now.kind !== 'open' || now.image.id !== image.id) return;
        view.setPicture(result.ok ? result.value : null, size);
        if (!result.ok) setProblem(problemOf(image, result.error.message));
      });
    };
    follow();
    const unsubscribe = workspace.openImage.subscribe(follow);
    return () => {
      isMounted = false;
      unsubscribe();
    };
  }, [view, workspace, pictures]);

  return (
    <>
      <div ref={container} className={styles.host} data-canvas data-region="canvas" />
      {problem !== null && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </>
  );
}

function problemOf(image: ImageRecord, message: string): string {
  return image.isMissing === 1
    ? `The file ${image.key} is missing. Its labels are here and stay; put the folder back, or show where it is now.`
    : `${message} The labels of this image are here and stay.`;
}
