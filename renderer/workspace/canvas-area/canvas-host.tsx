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
  const open = useObservable(workspace.openImage);
  const image = open.kind === 'open' || open.kind === 'loading' ? open.image : null;

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

  useEffect(() => {
    if (view === null) return;
    setProblem(null);
    if (image === null) return view.setPicture(null, null);
    const size = { width: image.width, height: image.height };
    let isCurrent = true;
    const lent = pictures.open(image);
    const show = (picture: ImageBitmap | null) => {
      if (isCurrent) view.setPicture(picture, size);
    };
    void lent.then((result) => {
      if (!isCurrent) return;
      if (result.ok) show(result.value);
      else {
        show(null);
        setProblem(problemOf(image, result.error.message));
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [view, image, pictures]);

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
