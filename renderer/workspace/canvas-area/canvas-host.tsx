import { useEffect, useRef, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { schemeOf } from '../../app/themed';
import { DARK_CANVAS_THEME, LIGHT_CANVAS_THEME } from '../../canvas/canvas-theme';
import { type CanvasView, mountCanvas } from '../../canvas/mount-canvas';
import type { OpenPicture } from '../workspace';
import { useWorkspace } from '../workspace-context';
import { type AdjustedPicture, showAdjusted } from './adjusted-picture';
import styles from './canvas-area.module.css';
import { keepCanvasStill } from './keep-canvas-still';
import { accompanyPicture, type PictureCompany } from './picture-company';

/** Holds the canvas and gives it the decoded picture of the open image. Its own state is only why there is none. */
export function CanvasHost() {
  const { editor, frame, pictures, pixels } = useServices();
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

  // Not by way of rendering: picture and annotations must change in the same frame, and before lists are rendered.
  useEffect(() => {
    if (view === null) return;
    let shown: unknown = null;
    let company: PictureCompany | null = null;
    let adjusted: AdjustedPicture | null = null;
    const follow = () => {
      const id = editor.document?.imageId ?? null;
      const picture = workspace.picture.get();
      const isOfPicture = id !== null && picture?.image.id === workspace.imageOf(id);
      const wanted = isOfPicture ? picture : id;
      company?.follow();
      adjusted?.follow();
      if (wanted === shown) return;
      shown = wanted;
      company?.close();
      company = null;
      adjusted?.close();
      adjusted = null;
      setProblem(wanted === picture && picture !== null ? problemOf(picture) : null);
      if (wanted === null || picture === null) view.setPicture(null, null);
      else if (wanted === picture) {
        const { image, result } = picture;
        const size = { width: image.width, height: image.height };
        const show = (bitmap: ImageBitmap | null) => view.setPicture(bitmap, size, company?.tiles ?? null);
        if (result.ok) {
          company = accompanyPicture(image, pictures, editor, setProblem);
          adjusted = showAdjusted(image, result.value, editor, pixels, show);
        } else show(null);
      } else view.setPicture(null, editor.document?.size ?? null);
    };
    follow();
    const stops = [editor.subscribe(follow), workspace.picture.subscribe(follow)];
    return () => {
      for (const stop of stops) stop();
      company?.close();
      adjusted?.close();
    };
  }, [view, workspace, editor, pictures, pixels]);

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

function problemOf({ image, result }: OpenPicture): string | null {
  if (result.ok || result.error.code === 'job.cancelled') return null;
  return image.isMissing === 1
    ? `The file ${image.key} is missing. Its labels are here and stay; put the folder back, or show where it is now.`
    : `${result.error.message} The labels of this image are here and stay.`;
}
