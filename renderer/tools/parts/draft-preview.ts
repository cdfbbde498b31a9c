import type { AnnotationId } from '../../../shared/schema/ids';
import type { Shape } from '../../../shared/schema/shapes';
import type { Editor, Preview } from '../../editor/editor';
import { type Snapped, snapPreview } from './snapping';

/** What a draft shows; parts that are empty are left out, so that a preview of nothing is none. */
export interface DraftView {
  readonly shape: Shape | null;
  readonly replaces?: AnnotationId | null;
  readonly lines?: NonNullable<Preview['lines']>;
  readonly marks?: NonNullable<Preview['marks']>;
  readonly measure?: string | null;
  readonly hint?: string | null;
}

export function showDraft(editor: Editor, view: DraftView, snapped: Snapped | null): void {
  const snap = snapped === null ? { marks: [], lines: [] } : snapPreview(snapped);
  const lines = [...(view.lines ?? []), ...snap.lines];
  const marks = [...(view.marks ?? []), ...snap.marks];
  const measure = view.measure ?? null;
  editor.setPreview({
    shapes:
      view.shape === null
        ? []
        : [{ shape: view.shape, labelId: editor.session.activeLabelId, replaces: view.replaces ?? null }],
    ...(lines.length > 0 && { lines }),
    ...(marks.length > 0 && { marks }),
    ...(measure !== null && { measure }),
    hint: view.hint ?? null,
  });
}

/** Before anything is drawn: only what the first point would snap to. A reason still to be read stays. */
export function showSnap(editor: Editor, snapped: Snapped): void {
  const { preview } = editor.session;
  if (preview !== null && preview.hint !== null) return;
  if (snapped.snap === null && preview === null) return;
  showDraft(editor, { shape: null }, snapped);
}
