import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { COMMAND_CATEGORIES, type Command } from '../../commands/command';
import { FilterField } from '../../components/filter-field';
import { DEFAULT_KEYMAP_SETTINGS } from '../../keymaps/keymap-settings';
import { isKeymapPresetId, KEYMAP_PRESETS } from '../../keymaps/presets';
import { CommandKeys } from './command-keys';
import styles from './keyboard.module.css';
import { openKeymap, saveKeymap } from './keymap-file';

/** Habits to start from, and every command with its keys; what is changed takes effect at once. */
export function Keyboard() {
  const services = useServices();
  const { keymap, commands, toasts } = services;
  const settings = useObservable(keymap.settings);
  const [filter, setFilter] = useState('');
  const preset = KEYMAP_PRESETS[settings.presetId];
  const changed = Object.keys(settings.changes).length;

  const reset = () => {
    const before = settings;
    keymap.change({ ...DEFAULT_KEYMAP_SETTINGS, presetId: settings.presetId });
    toasts.show({
      message: `Your changes to ${changed} ${changed === 1 ? 'command' : 'commands'} were taken back.`,
      action: { label: 'Undo', run: () => keymap.change(before) },
    });
  };

  return (
    <>
      <div className={styles.bar}>
        <label htmlFor="keymap-preset">Keys as in</label>
        <Select
          id="keymap-preset"
          className={styles.preset}
          allowDeselect={false}
          value={settings.presetId}
          data={Object.values(KEYMAP_PRESETS).map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(id) => {
            if (id !== null && isKeymapPresetId(id)) keymap.change({ ...settings, presetId: id });
          }}
        />
        <span className={styles.gap} />
        <Button variant="default" aria-label="Import keys…" onClick={() => void openKeymap(services)}>
          Import…
        </Button>
        <Button variant="default" aria-label="Export keys…" onClick={() => void saveKeymap(services)}>
          Export…
        </Button>
        <Button variant="default" disabled={changed === 0} onClick={reset}>
          Reset
        </Button>
      </div>
      {preset.note !== '' && <p className={styles.note}>{preset.note}</p>}
      <FilterField
        label="Find a command or a key"
        placeholder="Find a command, or a key such as Ctrl+D"
        value={filter}
        onChange={setFilter}
      />
      <div className={styles.list} data-testid="keymap-list">
        {COMMAND_CATEGORIES.map((category) => {
          const shown = commands.all.filter(
            (command) => command.category === category && matches(command, filter),
          );
          return shown.length === 0 ? null : (
            <section key={category} aria-label={category}>
              <h3>{category}</h3>
              {shown.map((command) => (
                <CommandKeys key={command.id} command={command} />
              ))}
            </section>
          );
        })}
      </div>
    </>
  );

  function matches(command: Command, text: string): boolean {
    const wanted = text.trim().toLowerCase();
    return (
      wanted === '' ||
      command.label.toLowerCase().includes(wanted) ||
      commands.allKeysForDisplay(command.id).some((key) => key.toLowerCase() === wanted)
    );
  }
}
