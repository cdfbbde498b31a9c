import type { AnnotationId, ImageId } from '../../shared/schema/ids';
import type { Editor } from '../editor/editor';
import type { Workspace } from './workspace';

/**
 * Selects an object and zooms to it, once its image is open; what a list of objects elsewhere asked for. Returns the way
 * to stop waiting.
 */
export function showObject(
  editor: Pick<Editor, 'document' | 'select' | 'zoomToSelection'>,
  workspace: Pick<Workspace, 'openImage'>,
  imageId: ImageId,
  annotationId: AnnotationId,
): () => void {
  let isShown = false;
  const show = () => {
    const state = workspace.openImage.get();
    if (isShown || state.kind !== 'open' || state.image.id !== imageId) return;
    isShown = true;
    // It may have been deleted since the list was made.
    if (editor.document?.annotations.has(annotationId) !== true) return;
    editor.select([annotationId]);
    editor.zoomToSelection();
  };
  const stop = workspace.openImage.subscribe(show);
  show();
  return stop;
}
