import { createAnnotation } from './create-annotation';
import { deleteAnnotations } from './delete-annotations';
import { duplicateAnnotations } from './duplicate-annotations';
import type { Action } from './edit/action';
import { moveAnnotations } from './move-annotations';
import { relabelAnnotations } from './relabel-annotations';
import { reorderAnnotations } from './reorder-annotations';
import { resizeAnnotation } from './resize-annotation';
import { setAttributes } from './set-attributes';
import { setFlags } from './set-flags';
import { setImageStatus } from './set-image-status';

/** Every edit of a picture, by file name. test/conformance/registries.test.ts holds this against the folder. */
export const ACTIONS = {
  'create-annotation': createAnnotation,
  'delete-annotations': deleteAnnotations,
  'duplicate-annotations': duplicateAnnotations,
  'move-annotations': moveAnnotations,
  'relabel-annotations': relabelAnnotations,
  'reorder-annotations': reorderAnnotations,
  'resize-annotation': resizeAnnotation,
  'set-attributes': setAttributes,
  'set-flags': setFlags,
  'set-image-status': setImageStatus,
} as const satisfies Record<string, Action<never>>;
