import os from 'node:os';
import { app, shell } from 'electron';
import { ok } from '../../shared/result/result';
import type { GrantStore } from '../grants/grant-store';
import type { DataHome } from '../home/data-home';
import type { ChannelHandlers } from '../ipc/answer-call';

/** Some systems have no entry for the account that runs the app. */
export function userName(): string {
  try {
    return os.userInfo().username || 'me';
  } catch {
    return process.env.USER || process.env.USERNAME || 'me';
  }
}

/** The home folder as `~`, so that a screenshot does not tell who sits here. */
function forDisplay(folder: string): string {
  const userHome = os.homedir();
  return folder === userHome || folder.startsWith(userHome + (process.platform === 'win32' ? '\\' : '/'))
    ? `~${folder.slice(userHome.length)}`
    : folder;
}

export function createAppChannels(
  grants: GrantStore,
  home: DataHome,
): Pick<ChannelHandlers, 'app.info' | 'app.reveal'> {
  return {
    'app.info': async () =>
      ok({
        version: app.getVersion(),
        electronVersion: process.versions.electron,
        chromeVersion: process.versions.chrome,
        platform: process.platform,
        userName: userName(),
        dataHomeForDisplay: forDisplay(home.root),
      }),

    'app.reveal': async ({ sourceId, key }) => {
      const target = await (key === null ? grants.resolveRoot(sourceId) : grants.resolve(sourceId, key));
      if (!target.ok) return target;
      shell.showItemInFolder(target.value);
      return ok(null);
    },
  };
}
