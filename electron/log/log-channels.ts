import fs from 'node:fs';
import { shell } from 'electron';
import { ok } from '../../shared/result/result';
import type { ChannelHandlers } from '../ipc/answer-call';
import type { Log } from './log-file';

export function createLogChannels(log: Log): Pick<ChannelHandlers, 'log.write' | 'log.reveal'> {
  return {
    'log.write': async ({ level, message, details }) => {
      log.write(level, message, { from: 'window', details });
      return ok(null);
    },
    'log.reveal': async () => {
      if (!fs.existsSync(log.file)) log.write('info', 'The log was opened.');
      shell.showItemInFolder(log.file);
      return ok(null);
    },
  };
}
