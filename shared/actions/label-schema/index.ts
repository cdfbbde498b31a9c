import { addAttribute } from './add-attribute';
import { addLabel } from './add-label';
import { adoptSchema } from './adopt-schema';
import { describeLabel } from './describe-label';
import { editAttribute } from './edit-attribute';
import { mergeLabels } from './merge-labels';
import { moveAttribute } from './move-attribute';
import { moveLabel } from './move-label';
import { recolorLabel } from './recolor-label';
import { removeAttribute } from './remove-attribute';
import { renameLabel } from './rename-label';
import { restoreLabel } from './restore-label';
import { retireLabel } from './retire-label';
import { setAllowedShapes } from './set-allowed-shapes';
import { setShortcut } from './set-shortcut';
import { setSkeletonTemplate } from './set-skeleton-template';

/** Every edit a label schema can undergo, by the code under which the journal records it. */
export const LABEL_SCHEMA_EDITS = {
  'schema.add-label': addLabel,
  'schema.rename-label': renameLabel,
  'schema.recolor-label': recolorLabel,
  'schema.set-shortcut': setShortcut,
  'schema.set-allowed-shapes': setAllowedShapes,
  'schema.set-skeleton-template': setSkeletonTemplate,
  'schema.describe-label': describeLabel,
  'schema.move-label': moveLabel,
  'schema.merge-labels': mergeLabels,
  'schema.retire-label': retireLabel,
  'schema.restore-label': restoreLabel,
  'schema.add-attribute': addAttribute,
  'schema.edit-attribute': editAttribute,
  'schema.remove-attribute': removeAttribute,
  'schema.move-attribute': moveAttribute,
  'schema.adopt-schema': adoptSchema,
} as const;

export type LabelSchemaEditCode = keyof typeof LABEL_SCHEMA_EDITS;
export type LabelSchemaEditArgs<C extends LabelSchemaEditCode> = Parameters<
  (typeof LABEL_SCHEMA_EDITS)[C]
>[1];
