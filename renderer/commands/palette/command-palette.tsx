import { Modal, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../app/services';
import { Keys } from '../../components/keys';
import { isMovedByHand } from '../../components/moved-by-hand';
import styles from './command-palette.module.css';
import { rankCommands } from './rank-commands';

const LIST_ID = 'command-palette-list';

/** Every command by name: last used first, with its keys, or why it is not available now. */
export default function CommandPalette() {
  const { commands, frame } = useServices();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  // Availability is asked once: the palette itself changes nothing while it is open.
  const entries = useMemo(
    () =>
      commands.all
        .filter((command) => command.isQuiet !== true && command.id !== 'palette.open')
        .map((command) => ({
          id: command.id,
          label: command.label,
          category: command.category,
          keys: commands.keysForDisplay(command.id),
          availability: commands.availability(command.id),
        }))
        .map((entry) => ({ ...entry, isAvailable: entry.availability === true })),
    [commands],
  );
  const shown = useMemo(
    () => rankCommands(entries, query, commands.recent.get()),
    [entries, query, commands],
  );

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const close = () => frame.setOverlay(null);
  const choose = (id: string) => {
    close();
    // After the palette gave the focus back, so that the command finds the screen as it was.
    requestAnimationFrame(() => void commands.run(id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((place) => Math.min(Math.max(place + step, 0), shown.length - 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = shown[active];
      if (entry !== undefined && entry.availability === true) choose(entry.id);
    }
  };

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      title={<VisuallyHidden>Command palette</VisuallyHidden>}
      styles={{ header: { minHeight: 0, padding: 0 } }}
    >
      <input
        className={styles.search}
        value={query}
        placeholder="Type a command"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={LIST_ID}
        aria-activedescendant={shown[active] === undefined ? undefined : `palette-${shown[active].id}`}
        data-autofocus
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} id={LIST_ID} role="listbox" aria-label="Commands" ref={list}>
        {shown.map((entry, place) => (
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            className={styles.entry}
            role="option"
            tabIndex={-1}
            aria-selected={place === active}
            aria-disabled={entry.availability !== true}
            onMouseMove={(event) => {
              if (isMovedByHand(event)) setActive(place);
            }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              if (entry.availability === true) choose(entry.id);
            }}
            onKeyDown={onKeyDown}
          >
            <span className={styles.category}>{entry.category}</span>
            <span className={styles.label}>
              {entry.label}
              {entry.availability !== true && <span className={styles.reason}>{entry.availability}</span>}
            </span>
            <Keys text={entry.keys} />
          </div>
        ))}
        {shown.length === 0 && <p className={styles.none}>No command matches “{query}”.</p>}
      </div>
    </Modal>
  );
}
