import { cameraFitting } from '../../../shared/geometry/camera';
import type { Rect } from '../../../shared/geometry/rect';
import { matchObjects } from '../../../shared/quality/matching/match-objects';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { Services } from '../../app/services';
import type { Comparison } from '../../editor/comparison';

/** Ground truth as it is drawn over an image's labels: only what is not as it should be is coloured. */
export function truthComparison(
  truth: readonly Annotation[],
  labels: readonly Annotation[],
  minOverlap: number,
  lowOverlap: number,
): Comparison {
  const { pairs, mislabelled, missing } = matchObjects(truth, labels, { minOverlap, lowOverlap });
  const changed = new Set([
    ...mislabelled.map(({ reference }) => reference),
    ...pairs.flatMap(({ reference, similarity }) => (similarity < lowOverlap ? [reference] : [])),
  ]);
  const isMissing = new Set(missing);
  return {
    title: 'Ground truth',
    items: truth.map((annotation) => ({
      annotation,
      as: isMissing.has(annotation) ? 'added' : changed.has(annotation) ? 'changed' : 'other',
    })),
  };
}

/** A place is shown with this much of its surroundings on each side, as a part of its own size. */
const SURROUNDINGS = 1.5;

/**
 * Draws an image's ground truth over it, once the image is open, and looks at a place where something is missing: there
 * is no object to select. Returns the way to stop waiting.
 * @param missing in image px.
 */
export function showTruth(
  {
    persistence,
    editor,
    workspace,
    toasts,
  }: Pick<Services, 'persistence' | 'editor' | 'workspace' | 'toasts'>,
  projectId: ProjectId,
  imageId: ImageId,
  missing: Rect | null = null,
): () => void {
  let isShown = false;
  let stopImage: () => void = () => undefined;
  const show = async () => {
    const state = workspace.get()?.openImage.get();
    if (isShown || state?.kind !== 'open' || state.image.id !== imageId) return;
    isShown = true;
    const layers = await persistence.layers.list(projectId, { imageId, purpose: 'groundTruth' });
    const layer = layers.ok
      ? [...layers.value].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
      : null;
    const set = layer == null ? null : await persistence.annotations.load(layer.id);
    const policy = await persistence.reviews.policy(projectId);
    const { document } = editor;
    if (set?.ok !== true || !policy.ok || document?.imageId !== imageId) {
      if (set?.ok === false) toasts.show({ tone: 'error', message: set.error.message });
      return;
    }
    const { minOverlap, lowOverlap } = policy.value.quality;
    editor.setComparison(
      truthComparison(set.value.annotations, [...document.annotations.values()], minOverlap, lowOverlap),
    );
    if (missing !== null) {
      const { x, y, width, height } = missing;
      const around = {
        x: x - width * SURROUNDINGS,
        y: y - height * SURROUNDINGS,
        width: width * (1 + 2 * SURROUNDINGS),
        height: height * (1 + 2 * SURROUNDINGS),
      };
      editor.setCamera(cameraFitting(around, editor.session.view));
    }
  };
  const watch = () => {
    stopImage();
    stopImage = workspace.get()?.openImage.subscribe(() => void show()) ?? (() => undefined);
    void show();
  };
  const stopWorkspace = workspace.subscribe(watch);
  watch();
  return () => {
    stopImage();
    stopWorkspace();
  };
}
