import type { KeymapPreset } from '../keymap-preset';

export const groundmark: KeymapPreset = {
  id: 'groundmark',
  title: 'Groundmark',
  note: '',
  keys: {},
};
