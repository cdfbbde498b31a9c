import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { MAX_TEXT_FILE_CHARACTERS } from '../../shared/ipc/channels/files';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChannelHandlers } from '../ipc/answer-call';

/** Small files that the person picks or places by hand, one dialog a file; no grant outlives the dialog. */
export function createTextFileChannels(): Pick<
  ChannelHandlers,
  'files.openText' | 'files.saveText' | 'files.saveBytes'
> {
  return {
    'files.openText': async ({ title, extension }, { window }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title,
        properties: ['openFile'],
        filters: filtersFor(extension),
      });
      const [file] = filePaths;
      return canceled || file === undefined ? ok(null) : readTextFile(file);
    },

    'files.saveText': async ({ text, ...where }, { window }) => {
      const file = await placeFor(where, window);
      return file === null ? ok(null) : writeWholeFile(file, text);
    },

    'files.saveBytes': async ({ bytes, ...where }, { window }) => {
      const file = await placeFor(where, window);
      return file === null ? ok(null) : writeWholeFile(file, bytes);
    },
  };
}

/** Null when the person changed their mind. */
async function placeFor(
  { title, suggestedName, extension }: { title: string; suggestedName: string; extension: string },
  window: BrowserWindow,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: path.basename(suggestedName),
    filters: filtersFor(extension),
  });
  return canceled || filePath === undefined || filePath === '' ? null : filePath;
}

function filtersFor(extension: string) {
  return [
    { name: extension.toUpperCase(), extensions: [extension] },
    { name: 'All files', extensions: ['*'] },
  ];
}

/** Reads a whole text file; refused beyond the size that `MAX_TEXT_FILE_CHARACTERS` sets. */
export async function readTextFile(file: string): Promise<Result<{ name: string; text: string }>> {
  const name = path.basename(file);
  try {
    const { size } = await stat(file);
    if (size > MAX_TEXT_FILE_CHARACTERS) {
      return err(
        appError('file.too-large', `“${name}” is larger than 16 MB. Choose the file that was exported.`),
      );
    }
    return ok({ name, text: (await readFile(file, 'utf8')).replace(/^\uFEFF/, '') });
  } catch {
    return err(
      appError(
        'file.not-readable',
        `“${name}” could not be read. Check that it is there and that you may read it.`,
      ),
    );
  }
}

/** Writes beside the destination and renames, so that a full disk leaves the file that was there before. */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array,
): Promise<Result<{ name: string }>> {
  const name = path.basename(file);
  let folder: string | null = null;
  try {
    folder = await mkdtemp(path.join(path.dirname(file), '.groundmark-'));
    const temporary = path.join(folder, name);
    await writeFile(temporary, content);
    await rename(temporary, file);
    return ok({ name });
  } catch {
    return err(
      appError(
        'file.not-writable',
        `“${name}” could not be written. Check that the disk has room and that you may write there.`,
      ),
    );
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}
