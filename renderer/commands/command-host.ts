import type { Observable } from '../app/observable';
import type { Chord } from './chord';
import type { Command } from './command';

/** What screens and components may do with commands; made once in main.tsx. */
export interface CommandHost {
  readonly all: readonly Command[];
  /** Last used first; what the palette shows at the top. */
  readonly recent: Observable<readonly string[]>;
  get(id: string): Command | null;
  /** True, or the reason why the command cannot run now. */
  availability(id: string): true | string;
  /** Runs a command when it is available, else says in a toast why not. */
  run(id: string, chord?: Chord | null): Promise<void>;
  /** Keys as the person reads them: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`; empty when it has none. */
  keysForDisplay(id: string): string;
  allKeysForDisplay(id: string): readonly string[];
  /** `Undo (Ctrl+Z)`: what a tooltip says. */
  tooltip(id: string): string;
}
