import type { Command } from '../command';
import { withSelectionToRead } from '../conditions';
import { selectedAnnotations } from '../run-action';
import { selectByLabels } from '../select-by-labels';

export const selectSameLabel: Command = {
  id: 'annotation.selectSameLabel',
  label: 'Select all objects of the same label',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Shift+A'],
  isAvailable: withSelectionToRead,
  run({ services }) {
    selectByLabels(services, new Set(selectedAnnotations(services).map(({ labelId }) => labelId)));
  },
};
