import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Plus, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { type Chord, chordForDisplay } from '../../commands/chord';
import type { Command } from '../../commands/command';
import type { LiveKeymap } from '../../keymaps/live-keymap';
import { reasonAgainstChord } from '../../keymaps/reserved-keys';
import { KeyCapture } from './key-capture';
import styles from './keyboard.module.css';

const isMac = navigator.platform.startsWith('Mac');

/** One command with its keys: take one away, add one, or go back to what the preset says. */
export function CommandKeys({ command }: { readonly command: Command }) {
  const { keymap, commands } = useServices();
  const settings = useObservable(keymap.settings);
  const [isCapturing, setCapturing] = useState(false);
  const [pressed, setPressed] = useState<Chord | null>(null);
  const chords = keymap.chordsOf(command.id);
  const isChanged = Object.hasOwn(settings.changes, command.id);

  const save = (next: readonly Chord[]) =>
    keymap.change({ ...settings, changes: { ...settings.changes, [command.id]: next } });
  const stop = () => {
    setCapturing(false);
    setPressed(null);
  };
  const reset = () => {
    const { [command.id]: _dropped, ...changes } = settings.changes;
    keymap.change({ ...settings, changes });
  };
  const take = (chord: Chord) => {
    keymap.change({ ...settings, changes: withKeyTaken(keymap, settings.changes, command.id, chord) });
    stop();
  };
  const hear = (chord: Chord) => {
    const isFree =
      reasonAgainstChord(chord) === null && ownersOf(keymap, commands.all, command, chord).length === 0;
    if (isFree) take(chord);
    else setPressed(chord);
  };

  return (
    <div className={styles.command} data-command={command.id}>
      <span className={styles.label} data-changed={isChanged || undefined}>
        {command.label}
      </span>
      <span className={styles.keys}>
        {chords.map((chord) => (
          <span key={chord} className={styles.key}>
            {chordForDisplay(chord, isMac)}
            <button
              type="button"
              aria-label={`Take ${chordForDisplay(chord, isMac)} away from “${command.label}”`}
              onClick={() => save(chords.filter((other) => other !== chord))}
            >
              <X size={11} aria-hidden />
            </button>
          </span>
        ))}
        {isCapturing ? (
          <KeyCapture label={`New key for “${command.label}”`} isMac={isMac} onKey={hear} onCancel={stop} />
        ) : (
          <Tooltip label="Add a key">
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={`Add a key to “${command.label}”`}
              onClick={() => setCapturing(true)}
            >
              <Plus size={13} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {isChanged && (
          <Tooltip label="As the preset has it">
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={`Keys of “${command.label}” as the preset has them`}
              onClick={reset}
            >
              <RotateCcw size={13} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
      {pressed !== null && <Conflict chord={pressed} command={command} onTake={take} onCancel={stop} />}
    </div>
  );
}

/** Says before anything is saved what a key would cost. */
function Conflict(props: {
  readonly chord: Chord;
  readonly command: Command;
  readonly onTake: (chord: Chord) => void;
  readonly onCancel: () => void;
}) {
  const { keymap, commands } = useServices();
  const reason = reasonAgainstChord(props.chord);
  const owners = ownersOf(keymap, commands.all, props.command, props.chord);
  const shown = chordForDisplay(props.chord, isMac);
  return (
    <div className={styles.conflict} role="alert">
      <span>
        {reason ??
          `${shown} is the key of ${owners.map(({ label }) => `“${label}”`).join(' and ')}, which would lose it.`}
      </span>
      <span className={styles.gap} />
      {reason === null && (
        <Button size="compact-xs" onClick={() => props.onTake(props.chord)}>
          Take it over
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={props.onCancel}>
        Keep as it is
      </Button>
    </div>
  );
}

function ownersOf(
  keymap: LiveKeymap,
  all: readonly Command[],
  command: Command,
  chord: Chord,
): readonly Command[] {
  return all.filter((other) => other.id !== command.id && keymap.chordsOf(other.id).includes(chord));
}

/** Changes after which a command has a chord and nobody else does: who had it by an earlier change loses it there. */
function withKeyTaken(
  keymap: LiveKeymap,
  before: Readonly<Record<string, readonly Chord[]>>,
  commandId: string,
  chord: Chord,
): Readonly<Record<string, readonly Chord[]>> {
  const changes = Object.fromEntries(
    Object.entries(before).map(([id, chords]) => [id, chords.filter((other) => other !== chord)]),
  );
  changes[commandId] = [...keymap.chordsOf(commandId), chord];
  return changes;
}
