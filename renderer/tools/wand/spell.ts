import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { maskDifference, maskUnion } from '../../../shared/geometry/mask-combine';
import type { ImagePoint } from '../../../shared/geometry/point';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { MaskShape } from '../../../shared/schema/shapes';
import { runsOfShape, shapeOfRuns } from '../../../shared/shapes/mask/mask-pixels';
import type { Editor } from '../../editor/editor';
import { keepObject } from '../parts/keep-object';

/** One use of the wand; with another tolerance it is done anew from the same place. */
export interface Spell {
  readonly at: ImagePoint;
  readonly kind: 'new' | 'add' | 'subtract';
  /** The mask it changes: the selected one, or the one it made itself. */
  readonly id: AnnotationId | null;
  /** What that mask was before. */
  readonly base: MaskShape | null;
}

/**
 * Commits what the wand found as one change and returns the spell as it can be done anew; null, with the reason shown,
 * when it could not be kept.
 */
export function keepSpell(editor: Editor, spell: Spell, found: MaskShape): Spell | null {
  const shape = combined(spell, found);
  if (spell.id === null) {
    if (shape === null || !keepObject(editor, shape)) return null;
    const [id] = editor.session.selection;
    return { ...spell, id: id ?? null };
  }
  if (shape === null) {
    if (editor.perform(deleteAnnotations, { ids: [spell.id] })) {
      editor.announce('Nothing is left of the mask; it was deleted. Undo brings it back.');
    }
    return null;
  }
  editor.perform(resizeAnnotation, { id: spell.id, shape });
  return spell;
}

function combined({ kind, base }: Spell, found: MaskShape): MaskShape | null {
  if (kind === 'new' || base === null) return found;
  const combine = kind === 'add' ? maskUnion : maskDifference;
  const runs = combine(runsOfShape(base), runsOfShape(found));
  return runs === null ? null : shapeOfRuns(runs);
}
