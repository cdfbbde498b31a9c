import { cameraFitting } from '../../../shared/geometry/camera';
import type { ImageReview } from '../../../shared/review/fold-review';
import type { Services } from '../../app/services';
import type { Workspace } from '../workspace';
import type { RemarkTarget } from './target-of-remark';

type Remark = RemarkTarget & { readonly id: string };

/** A place is shown with this much around it, as a part of the picture's longer side: enough to see what it is about. */
const AROUND_A_PLACE = 0.15;

/** Defects and open threads in the order of the lists beside the canvas. */
function remarksOf({ defects, threads }: ImageReview): readonly Remark[] {
  return [...defects, ...threads.filter(({ resolved }) => resolved === null)];
}

/** Chooses the next remark after the chosen one, round the end, and looks at what it is about. */
export function goToRemark(
  services: Pick<Services, 'editor' | 'toasts'>,
  workspace: Pick<Workspace, 'review'>,
  by: 1 | -1,
): void {
  const review = workspace.review.review.get();
  const remarks = review === null ? [] : remarksOf(review);
  if (remarks.length === 0) {
    services.toasts.show({ message: 'There is no defect and no open thread in this image.' });
    return;
  }
  const { chosenPin } = services.editor.session;
  const at = remarks.findIndex(({ id }) => id === chosenPin);
  const from = at === -1 && by === -1 ? 0 : at;
  const next = remarks[(from + by + remarks.length) % remarks.length];
  if (next !== undefined) showRemark(services, next);
}

/** Chooses a remark and looks at its object or place. */
export function showRemark({ editor }: Pick<Services, 'editor'>, remark: Remark): void {
  editor.choosePin(remark.id);
  const { document, session } = editor;
  const { annotationId, place } = remark;
  if (document === null) return;
  if (annotationId !== null && document.annotations.has(annotationId)) {
    editor.select([annotationId]);
    editor.zoomToSelection();
  } else if (place !== null) {
    const reach = Math.max(document.size.width, document.size.height) * AROUND_A_PLACE;
    const around = { x: place.x - reach, y: place.y - reach, width: 2 * reach, height: 2 * reach };
    editor.setCamera(cameraFitting(around, session.view));
  }
}
