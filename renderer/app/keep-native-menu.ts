import { menusFrom } from '../commands/native-menu';
import type { Services } from './services';

/** Edits come faster than anyone opens a menu; the menu follows once they pause for this long. */
const PAUSE_IN_MS = 400;

/** Keeps the native menu in step with the registry and runs what is chosen in it. Returns the way to stop. */
export function keepNativeMenu(services: Services): () => void {
  let sent = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = () => {
    timer = null;
    const menus = menusFrom(services.commands, services.keymap);
    const text = JSON.stringify(menus);
    if (text === sent) return;
    sent = text;
    // A menu that could not be set costs convenience only; every command stays in palette and toolbar.
    void services.bridge.invoke('menu.set', { menus });
  };
  const plan = () => {
    timer ??= setTimeout(send, PAUSE_IN_MS);
  };
  plan();
  const stops = [
    services.navigation.route.subscribe(plan),
    services.workspace.subscribe(plan),
    services.editor.subscribe(plan),
    services.keymap.settings.subscribe(plan),
    services.bridge.subscribe('menu.command', ({ commandId }) => void services.commands.run(commandId)),
  ];
  return () => {
    if (timer !== null) clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
