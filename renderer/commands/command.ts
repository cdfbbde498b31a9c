import type { Services } from '../app/services';
import type { Workspace } from '../workspace/workspace';
import type { Chord } from './chord';

export const COMMAND_CATEGORIES = ['File', 'Edit', 'Object', 'Image', 'View', 'Go', 'Tool', 'Help'] as const;
/** Also the native menu a command is listed in. */
export type CommandCategory = (typeof COMMAND_CATEGORIES)[number];

/**
 * Where a command's keys are heard: `app` on every screen, `label` on the label screen and on the review screen, which
 * draws with the same tools, `review` on the review screen alone, `canvas` only while the canvas itself has the focus
 * (keys that mean something else in lists and forms, e.g. Tab).
 */
export type CommandScope = 'app' | 'label' | 'review' | 'canvas';

export interface CommandContext {
  readonly services: Services;
  /** The open label screen, or null on other screens. */
  readonly workspace: Workspace | null;
}

/**
 * Something a person can do. Toolbar, native menu, palette, shortcuts and help overlay are all made from this record.
 */
export interface Command {
  /** `noun.verb`, never changes once shipped. */
  readonly id: string;
  /** For people, in sentence case: `Delete objects`. */
  readonly label: string;
  readonly category: CommandCategory;
  readonly scope: CommandScope;
  /** Default keys, main one first: `Mod+Shift+Z`, `Delete`, `?`. `Mod` is Cmd on a Mac and Ctrl elsewhere. */
  readonly keys: readonly Chord[];
  /** Keys go on firing while held down, e.g. for stepping through images. */
  readonly repeats?: boolean;
  /** Not listed in menus and palette, e.g. the nine digit keys. */
  readonly isQuiet?: boolean;
  /** True, or the reason why not now, for a person. */
  isAvailable(context: CommandContext): true | string;
  /** `chord` is the key that asked for it, null from menu, palette or toolbar. */
  run(context: CommandContext, chord: Chord | null): void | Promise<void>;
}
