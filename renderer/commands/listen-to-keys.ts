import { chordOf } from './chord';
import type { CommandHost } from './command-host';
import type { Keymap, KeyPlace } from './keymap';
import { ownsKeys } from './typing';

/**
 * Turns key presses on the window into commands. A press that a field or an open widget owns is left alone, as is one
 * whose command is not available and says nothing useful at that key (canvas scope: Tab must then move the focus on).
 * Returns the way to stop.
 */
export function listenToKeys(input: {
  readonly target: Window;
  readonly keymap: Keymap;
  readonly host: CommandHost;
  readonly place: () => KeyPlace;
  /** Whether a lower-case letter is the shortcut of a label of the open project. */
  readonly isLabelShortcut: (letter: string) => boolean;
  /** Whether the state of the tool at hand means this key, e.g. Tab from vertex to vertex. */
  readonly isTakenByTool: (event: KeyboardEvent) => boolean;
  readonly isMac: boolean;
  /** True while the app waits for a passphrase: keys are the sign-in screen's then. */
  readonly isShut: () => boolean;
  /** True while something small is asked: what is typed is the answer, also before its field has the focus. */
  readonly isAsking: () => boolean;
}): () => void {
  // Letters that no command claims may be shortcuts of labels.
  const labelCommand = (chord: string, place: KeyPlace) =>
    place.isLabelScreen && /^[A-Z]$/.test(chord) && input.isLabelShortcut(chord.toLowerCase())
      ? input.host.get('label.assign')
      : null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (input.isShut() || input.isAsking()) return;
    if (event.defaultPrevented || event.isComposing || ownsKeys(event.target, event.key)) return;
    const chord = chordOf(event, input.isMac);
    if (chord === null) return;
    const place = input.place();
    // The canvas listens after this and hands the key to the tool.
    if (place.isCanvasFocused && input.isTakenByTool(event)) return;
    const command = input.keymap.find(chord, place) ?? labelCommand(chord, place);
    if (command === null) return;
    if (event.repeat && command.repeats !== true) {
      event.preventDefault();
      return;
    }
    if (command.scope === 'canvas' && input.host.availability(command.id) !== true) return;
    event.preventDefault();
    event.stopPropagation();
    void input.host.run(command.id, chord);
  };
  // Capture: the canvas forwards whatever is left to the tools.
  input.target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => input.target.removeEventListener('keydown', onKeyDown, { capture: true });
}
