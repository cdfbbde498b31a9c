import fs from 'node:fs/promises';
import { shell } from 'electron';
import { ok } from '../../shared/result/result';
import type { ChannelHandlers } from '../ipc/answer-call';
import type { BackupStore } from './backup-store';

type BackupChannel =
  | 'backup.begin'
  | 'backup.append'
  | 'backup.finish'
  | 'backup.list'
  | 'backup.read'
  | 'backup.reveal';

export function createBackupChannels(
  backups: BackupStore,
  folder: string,
): Pick<ChannelHandlers, BackupChannel> {
  return {
    'backup.begin': ({ summary }) => backups.begin(summary),
    'backup.append': ({ id, lines }) => backups.append(id, lines),
    'backup.finish': ({ id }) => backups.finish(id),
    'backup.list': async () => {
      const listed = await backups.list();
      return listed.ok ? ok([...listed.value]) : listed;
    },
    'backup.read': ({ id, fromLine }) => backups.read(id, fromLine),
    'backup.reveal': async () => {
      await fs.mkdir(folder, { recursive: true });
      shell.showItemInFolder(folder);
      return ok(null);
    },
  };
}
