import type { MenuItemConstructorOptions } from 'electron';
import type { ParsedChannelArgs } from '../../shared/ipc/contract';

export type MenuDescription = ParsedChannelArgs<'menu.set'>['menus'];
type DescribedItem = MenuDescription[number]['items'][number];

export interface MenuSurroundings {
  readonly platform: NodeJS.Platform;
  /** Developer tools are offered from unpackaged builds alone. */
  readonly isPackaged: boolean;
  readonly onCommand: (commandId: string) => void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The page handles keys itself, so that one keymap is the truth; accelerators are shown and not registered.
 * (macOS registers menu keys always; the page sees the key first and a handled key does not reach the menu.)
 */
function itemOf(item: DescribedItem, surroundings: MenuSurroundings): MenuItemConstructorOptions {
  if (item.type === 'separator') return SEPARATOR;
  const { commandId, label, accelerator, isEnabled } = item;
  return {
    // A lone & would be taken for the mark of a mnemonic.
    label: label.replaceAll('&', '&&'),
    enabled: isEnabled,
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: () => surroundings.onCommand(commandId),
  };
}

/** What only the system can do: the clipboard in text fields, which macOS offers through its menu alone. */
function clipboardItems(): MenuItemConstructorOptions[] {
  return (['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({
    role,
    registerAccelerator: false,
  }));
}

function additionsTo(label: string, surroundings: MenuSurroundings): MenuItemConstructorOptions[] {
  if (label === 'Edit') return clipboardItems();
  if (label === 'File' && surroundings.platform !== 'darwin') return [{ role: 'quit' }];
  if (label === 'View' && !surroundings.isPackaged) return [{ role: 'toggleDevTools' }];
  return [];
}

/** The whole native menu: the page's menus in their order, with the system's items where people look for them. */
export function menuTemplate(
  menus: MenuDescription,
  surroundings: MenuSurroundings,
): MenuItemConstructorOptions[] {
  const required = ['File', 'Edit', 'View'].filter((label) => !menus.some((menu) => menu.label === label));
  const all = [...menus, ...required.map((label) => ({ label, items: [] }))];
  const described = all.map(({ label, items }): MenuItemConstructorOptions => {
    const own = items.map((item) => itemOf(item, surroundings));
    const added = additionsTo(label, surroundings);
    const between = own.length > 0 && added.length > 0 ? [SEPARATOR] : [];
    return { label: label.replaceAll('&', '&&'), submenu: [...own, ...between, ...added] };
  });
  const shown = described.filter(({ submenu }) => Array.isArray(submenu) && submenu.length > 0);
  return surroundings.platform === 'darwin' ? [{ role: 'appMenu' }, ...shown] : shown;
}
