import type { KeyboardEvent } from 'react';
import { type Chord, chordOf } from '../../commands/chord';
import styles from './keyboard.module.css';

/** Waits for one key with its modifiers. Escape and leaving the field change nothing; Tab moves on, as everywhere. */
export function KeyCapture(props: {
  readonly label: string;
  readonly isMac: boolean;
  readonly onKey: (chord: Chord) => void;
  readonly onCancel: () => void;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      props.onCancel();
      return;
    }
    if (event.repeat) return;
    const chord = chordOf(event.nativeEvent, props.isMac);
    if (chord !== null) props.onKey(chord);
  };
  return (
    <input
      ref={(field) => field?.focus()}
      className={styles.capture}
      aria-label={props.label}
      placeholder="Press a key"
      readOnly
      value=""
      onKeyDown={onKeyDown}
    />
  );
}
