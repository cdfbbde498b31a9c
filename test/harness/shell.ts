import fs from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Grant } from '../../shared/ipc/channels/files';
import { callMain } from './bridge-calls';

/** Lines of the log of a data home, parsed; none while there is no log. */
export function logLines(home: string): readonly Record<string, unknown>[] {
  const file = path.join(home, 'logs', 'groundmark.log');
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Makes the next folder dialog answer with `folder`, as if the person had chosen it. */
export function answerFolderDialog(app: ElectronApplication, folder: string): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}

/** Makes the next save dialog answer with `file`. */
export function answerSaveDialog(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
  }, file);
}

/** Opens a folder the way a person does, and gives its grant. */
export async function grantFolder(
  app: ElectronApplication,
  page: Page,
  folder: string,
  purpose: Grant['purpose'] = 'images',
): Promise<Grant> {
  await answerFolderDialog(app, folder);
  const reply = await callMain(page, 'grants.pickFolder', { purpose });
  if (!reply.ok || reply.value === null) throw new Error(`no grant: ${JSON.stringify(reply)}`);
  return reply.value;
}

/** Process ids of the app's worker processes by their short names, e.g. `media`. */
export function workerPids(app: ElectronApplication): Promise<Record<string, number>> {
  return app.evaluate(({ app: electronApp }) =>
    Object.fromEntries(
      electronApp
        .getAppMetrics()
        .map((metric) => [metric.name ?? '', metric.pid] as const)
        .filter(([name]) => name.startsWith('groundmark-'))
        .map(([name, pid]) => [name.slice('groundmark-'.length), pid]),
    ),
  );
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still has its id, and does nothing.
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A whole PNG of one colour, written by hand so that no decoder under test has made it. */
export function plainPng(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height, 128);
  for (let y = 0; y < height; y += 1) rows[y * (width * 3 + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
