import { app, Menu } from 'electron';
import { ok } from '../../shared/result/result';
import type { ChannelHandlers, Emit } from '../ipc/answer-call';
import { type MenuDescription, menuTemplate } from './menu-template';

export function createMenuChannels(emit: Emit): Pick<ChannelHandlers, 'menu.set'> {
  const set = (menus: MenuDescription): void => {
    const template = menuTemplate(menus, {
      platform: process.platform,
      isPackaged: app.isPackaged,
      onCommand: (commandId) => emit('menu.command', { commandId }),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  // Quit and the clipboard work before the page has said what it offers, and when it never does.
  set([]);
  return {
    'menu.set': async ({ menus }) => {
      set(menus);
      return ok(null);
    },
  };
}
