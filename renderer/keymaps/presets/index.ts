import type { KeymapPreset } from '../keymap-preset';
import { cvat } from './cvat';
import { groundmark } from './groundmark';
import { labelStudio } from './label-studio';
import { labelme } from './labelme';
import { xAnyLabeling } from './x-anylabeling';

/** Every preset, by file, our own first. test/conformance/keymaps.test.ts holds this against the folder. */
export const KEYMAP_PRESETS = {
  groundmark,
  cvat,
  'label-studio': labelStudio,
  labelme,
  'x-anylabeling': xAnyLabeling,
} as const satisfies Record<string, KeymapPreset>;

export type KeymapPresetId = keyof typeof KEYMAP_PRESETS;

export function isKeymapPresetId(id: string): id is KeymapPresetId {
  return Object.hasOwn(KEYMAP_PRESETS, id);
}
