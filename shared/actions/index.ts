import { applyProposal } from './apply-proposal';
import { convertAnnotations } from './convert-annotations';
import { createAnnotation } from './create-annotation';
import { cutAnnotations } from './cut-annotations';
import { deleteAnnotations } from './delete-annotations';
import { duplicateAnnotations } from './duplicate-annotations';
import type { Action } from './edit/action';
import { groupAnnotations } from './group-annotations';
import { mergeAnnotations } from './merge-annotations';
import { moveAnnotations } from './move-annotations';
import { pasteAnnotations } from './paste-annotations';
import { relabelAnnotations } from './relabel-annotations';
import { reorderAnnotations } from './reorder-annotations';
import { reshapeAnnotations } from './reshape-annotations';
import { resizeAnnotation } from './resize-annotation';
import { restorePoint } from './restore-point';
import { setAttributes } from './set-attributes';
import { setFlags } from './set-flags';
import { setImageStatus } from './set-image-status';
import { setNote } from './set-note';
import { splitAnnotations } from './split-annotations';
import { subtractAnnotations } from './subtract-annotations';
import { transformAnnotations } from './transform-annotations';
import { ungroupAnnotations } from './ungroup-annotations';

/** Every edit of a picture, by file name. test/conformance/registries.test.ts holds this against the folder. */
export const ACTIONS = {
  'apply-proposal': applyProposal,
  'create-annotation': createAnnotation,
  'delete-annotations': deleteAnnotations,
  'duplicate-annotations': duplicateAnnotations,
  'group-annotations': groupAnnotations,
  'move-annotations': moveAnnotations,
  'paste-annotations': pasteAnnotations,
  'relabel-annotations': relabelAnnotations,
  'reorder-annotations': reorderAnnotations,
  'reshape-annotations': reshapeAnnotations,
  'resize-annotation': resizeAnnotation,
  'restore-point': restorePoint,
  'set-attributes': setAttributes,
  'set-flags': setFlags,
  'set-image-status': setImageStatus,
  'transform-annotations': transformAnnotations,
  'set-note': setNote,
  'ungroup-annotations': ungroupAnnotations,
  'convert-annotations': convertAnnotations,
  'cut-annotations': cutAnnotations,
  'merge-annotations': mergeAnnotations,
  'split-annotations': splitAnnotations,
  'subtract-annotations': subtractAnnotations,
} as const satisfies Record<string, Action<never>>;
