import fs from 'node:fs/promises';
import path from 'node:path';
import { type BrowserWindow, ipcMain } from 'electron';
import { z } from 'zod';
import type { Grant } from '../../shared/ipc/channels/files';
import { DROPPED } from '../../shared/ipc/wire';
import type { Emit } from '../ipc/answer-call';
import { refuseForeignSender } from '../ipc/refusals';
import type { GrantStore } from './grant-store';

const DroppedPaths = z.array(z.string().min(1).max(32_768).refine(path.isAbsolute)).max(10_000);

/**
 * Each dropped folder becomes a grant, and the loose files become one together. What cannot be read is left out.
 * @param paths absolute paths, from the preload; the page cannot send any.
 */
export async function grantDroppedPaths(grants: GrantStore, paths: readonly string[]): Promise<Grant[]> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const candidate of paths) {
    const stat = await fs.stat(candidate).catch(() => null);
    if (stat?.isDirectory()) folders.push(candidate);
    else if (stat?.isFile()) files.push(candidate);
  }
  const granted: Grant[] = [];
  for (const folder of folders) {
    const grant = await grants.addFolder(folder, 'images');
    if (grant.ok) granted.push(grant.value);
  }
  if (files.length > 0) {
    const grant = await grants.addFiles(files, 'images');
    if (grant.ok) granted.push(grant.value);
  }
  return granted;
}

/** Hears the preload alone; the page gets `grants.dropped` after every drop, with no grants when none was possible. */
export function acceptDroppedFiles(
  grants: GrantStore,
  services: {
    readonly getWindow: () => BrowserWindow | null;
    readonly emit: Emit;
    /** False while the app waits for a passphrase. */
    readonly mayOpen: () => boolean;
  },
): void {
  ipcMain.handle(DROPPED, async (event, paths: unknown): Promise<void> => {
    if (refuseForeignSender(event, services.getWindow()?.webContents.id ?? null) !== null) return;
    const parsed = DroppedPaths.safeParse(paths);
    const granted = parsed.success && services.mayOpen() ? await grantDroppedPaths(grants, parsed.data) : [];
    services.emit('grants.dropped', { grants: granted });
  });
}
