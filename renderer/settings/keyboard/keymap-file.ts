import type { Services } from '../../app/services';
import { readKeymapFile, writeKeymapFile } from '../../keymaps/keymap-settings';

/** Asks where to keep the person's keys and writes them there. */
export async function saveKeymap({ bridge, keymap, toasts }: Services): Promise<void> {
  const saved = await bridge.invoke('files.saveText', {
    title: 'Export keys',
    suggestedName: `groundmark-keys-${keymap.settings.get().presetId}.json`,
    extension: 'json',
    text: writeKeymapFile(keymap.settings.get()),
  });
  if (!saved.ok) toasts.show({ tone: 'error', message: saved.error.message });
  else if (saved.value !== null) toasts.show({ message: `Keys are in “${saved.value.name}”.` });
}

/** Asks for a keymap file and puts it in force, with the way back in the toast and everything that was left out. */
export async function openKeymap({ bridge, keymap, commands, toasts }: Services): Promise<void> {
  const opened = await bridge.invoke('files.openText', { title: 'Import keys', extension: 'json' });
  if (!opened.ok) return void toasts.show({ tone: 'error', message: opened.error.message });
  if (opened.value === null) return;
  const { name, text } = opened.value;
  const read = readKeymapFile(text, commands.all);
  if (!read.ok) return void toasts.show({ tone: 'error', message: `“${name}”: ${read.error.message}` });
  const before = keymap.settings.get();
  keymap.change(read.value.settings);
  const { leftOut } = read.value;
  toasts.show({
    message:
      leftOut.length === 0
        ? `Keys of “${name}” are in force.`
        : `Keys of “${name}” are in force but for ${leftOut.length}: ${leftOut.slice(0, 3).join(' ')}`,
    action: { label: 'Undo', run: () => keymap.change(before) },
  });
}
