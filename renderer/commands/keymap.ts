import type { Chord } from './chord';
import type { Command, CommandScope } from './command';

/** Where the keyboard is at the moment a key goes down. */
export interface KeyPlace {
  /** Also on the review screen. */
  readonly isLabelScreen: boolean;
  readonly isReviewScreen?: boolean;
  readonly isCanvasFocused: boolean;
}

/** Chords of commands that differ from their defaults; a preset is one of these. */
export type KeyOverrides = Readonly<Record<string, readonly Chord[]>>;

export interface Keymap {
  /** The command a chord means here, the narrowest scope first, or null. O(1). */
  find(chord: Chord, place: KeyPlace): Command | null;
  chordsOf(commandId: string): readonly Chord[];
}

export function createKeymap(commands: readonly Command[], overrides: KeyOverrides = {}): Keymap {
  const byScope: Readonly<Record<CommandScope, Map<Chord, Command>>> = {
    app: new Map(),
    label: new Map(),
    review: new Map(),
    canvas: new Map(),
  };
  const chords = new Map<string, readonly Chord[]>();
  for (const command of commands) {
    const keys = overrides[command.id] ?? command.keys;
    chords.set(command.id, keys);
    for (const key of keys) if (!byScope[command.scope].has(key)) byScope[command.scope].set(key, command);
  }
  return {
    find(chord, place) {
      const onCanvas = place.isLabelScreen && place.isCanvasFocused ? byScope.canvas.get(chord) : undefined;
      const onLabel = place.isLabelScreen ? byScope.label.get(chord) : undefined;
      const onReview = place.isReviewScreen === true ? byScope.review.get(chord) : undefined;
      return onCanvas ?? onReview ?? onLabel ?? byScope.app.get(chord) ?? null;
    },
    chordsOf: (commandId) => chords.get(commandId) ?? [],
  };
}
