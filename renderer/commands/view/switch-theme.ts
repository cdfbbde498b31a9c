import type { Command } from '../command';

export const switchTheme: Command = {
  id: 'theme.switch',
  label: 'Switch between dark and light',
  category: 'View',
  scope: 'app',
  keys: [],
  isAvailable: () => true,
  run({ services: { frame } }) {
    const isDark =
      frame.theme.get() === 'dark' ||
      (frame.theme.get() === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
    frame.setTheme(isDark ? 'light' : 'dark');
  },
};
