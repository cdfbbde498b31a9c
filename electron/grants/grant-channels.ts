import { type BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import { ok } from '../../shared/result/result';
import type { ChannelHandlers } from '../ipc/answer-call';
import type { GrantPurpose, GrantStore } from './grant-store';

const FOLDER_TITLES: Readonly<Record<GrantPurpose, string>> = {
  images: 'Add a folder of images',
  labels: 'Open a folder of labels',
  export: 'Choose a folder to export to',
};

const FILE_FILTERS: Readonly<Record<GrantPurpose, FileFilter[]>> = {
  images: [
    { name: 'Images', extensions: ['jpg', 'jpeg', 'png', 'webp', 'bmp', 'gif', 'tif', 'tiff', 'avif'] },
    { name: 'All files', extensions: ['*'] },
  ],
  labels: [
    {
      name: 'Labels',
      extensions: [
        'json',
        'jsonl',
        'txt',
        'yaml',
        'yml',
        'xml',
        'csv',
        'zip',
        'gmk',
        'tar',
        'parquet',
        'tfrecord',
      ],
    },
    { name: 'All files', extensions: ['*'] },
  ],
  export: [],
};

/** The paths the person chose; none when they changed their mind. */
async function ask(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}

export function createGrantChannels(
  grants: GrantStore,
): Pick<
  ChannelHandlers,
  'grants.pickFolder' | 'grants.pickFiles' | 'grants.list' | 'grants.relocate' | 'grants.forget'
> {
  return {
    'grants.pickFolder': async ({ purpose }, { window }) => {
      const [folder] = await ask(window, {
        title: FOLDER_TITLES[purpose],
        properties: purpose === 'export' ? ['openDirectory', 'createDirectory'] : ['openDirectory'],
      });
      return folder === undefined ? ok(null) : grants.addFolder(folder, purpose);
    },

    'grants.pickFiles': async ({ purpose }, { window }) => {
      const files = await ask(window, {
        title: purpose === 'images' ? 'Add images' : 'Open label files',
        properties: ['openFile', 'multiSelections'],
        filters: FILE_FILTERS[purpose],
      });
      return files.length === 0 ? ok(null) : grants.addFiles(files, purpose);
    },

    'grants.list': async () => ok([...(await grants.list())]),

    'grants.relocate': async ({ sourceId }, { window }) => {
      const known = grants.get(sourceId);
      if (!known.ok) return known;
      const [folder] = await ask(window, {
        title: `Where is “${known.value.displayName}” now?`,
        properties: ['openDirectory'],
      });
      return folder === undefined ? ok(null) : grants.relocate(sourceId, folder);
    },

    'grants.forget': async ({ sourceId }) => grants.forget(sourceId),
  };
}
