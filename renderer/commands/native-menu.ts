import type { ChannelArgs } from '../../shared/ipc/contract';
import { acceleratorOf } from './chord';
import { COMMAND_CATEGORIES, type Command, type CommandCategory } from './command';
import type { CommandHost } from './command-host';
import type { Keymap } from './keymap';

type Menus = ChannelArgs<'menu.set'>['menus'];

/** Menus of the menu bar and the categories each holds, a separator between them. */
const MENUS: readonly { readonly label: string; readonly categories: readonly CommandCategory[] }[] = [
  { label: 'File', categories: ['File'] },
  { label: 'Edit', categories: ['Edit', 'Object'] },
  { label: 'Image', categories: ['Image', 'Tool'] },
  { label: 'View', categories: ['View'] },
  { label: 'Go', categories: ['Go'] },
  { label: 'Help', categories: ['Help'] },
];

/** The native menus as the registry has them; quiet commands are left out, empty menus too. */
export function menusFrom(host: CommandHost, keymap: Keymap): Menus {
  const byCategory = new Map<CommandCategory, Command[]>(COMMAND_CATEGORIES.map((name) => [name, []]));
  for (const command of host.all)
    if (command.isQuiet !== true) byCategory.get(command.category)?.push(command);
  return MENUS.map(({ label, categories }) => ({
    label,
    items: categories
      .map((category) => byCategory.get(category) ?? [])
      .filter((commands) => commands.length > 0)
      .flatMap((commands, index) => [
        ...(index === 0 ? [] : [{ type: 'separator' as const }]),
        ...commands.map((command) => {
          const [main] = keymap.chordsOf(command.id);
          return {
            type: 'command' as const,
            commandId: command.id,
            label: command.label,
            accelerator: main === undefined ? null : acceleratorOf(main),
            isEnabled: host.availability(command.id) === true,
          };
        }),
      ]),
  })).filter((menu) => menu.items.length > 0);
}
