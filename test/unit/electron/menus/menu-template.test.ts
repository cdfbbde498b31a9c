import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../../electron/menus/menu-template';

const chosen: string[] = [];
const surroundings = {
  platform: 'linux',
  isPackaged: false,
  onCommand: (id: string) => chosen.push(id),
} as const;
const command = {
  type: 'command',
  commandId: 'edit.undo',
  label: 'Undo & more',
  accelerator: 'CmdOrCtrl+Z',
  isEnabled: false,
} as const;

function submenu(menus: ReturnType<typeof menuTemplate>, label: string) {
  const found = menus.find((menu) => menu.label === label)?.submenu;
  return Array.isArray(found) ? found : [];
}

describe('the native menu', () => {
  it('shows a command with its key, which it does not register, and tells which was chosen', () => {
    const [item] = submenu(menuTemplate([{ label: 'Edit', items: [command] }], surroundings), 'Edit');
    expect(item).toMatchObject({
      label: 'Undo && more',
      enabled: false,
      accelerator: 'CmdOrCtrl+Z',
      registerAccelerator: false,
    });
    item?.click?.call(null as never, {} as never, undefined as never, {} as never);
    expect(chosen).toEqual(['edit.undo']);
  });

  it('adds what only the system can do', () => {
    const menus = menuTemplate([{ label: 'Edit', items: [command] }], surroundings);
    expect(submenu(menus, 'Edit').map((item) => item.role)).toEqual([
      undefined,
      undefined,
      'cut',
      'copy',
      'paste',
      'selectAll',
    ]);
    expect(submenu(menus, 'File').map((item) => item.role)).toEqual(['quit']);
  });

  it('offers developer tools from unpackaged builds alone', () => {
    const roles = (isPackaged: boolean) =>
      menuTemplate([], { ...surroundings, isPackaged }).flatMap((menu) =>
        submenu([menu], menu.label ?? '').map((item) => item.role),
      );
    expect(roles(false)).toContain('toggleDevTools');
    expect(roles(true)).not.toContain('toggleDevTools');
  });

  it('leads with the application menu on macOS, where Quit lives', () => {
    const menus = menuTemplate([], { ...surroundings, platform: 'darwin' });
    expect(menus[0]).toEqual({ role: 'appMenu' });
    expect(submenu(menus, 'File')).toEqual([]);
  });
});
