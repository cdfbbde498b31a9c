import * as electron from 'electron';
import { DROPPED } from '../../shared/ipc/wire';

/** Electron 32 and later ask `webUtils`; earlier ones put the path on the File itself. */
function pathOf(file: File): string {
  if (typeof electron.webUtils?.getPathForFile === 'function') return electron.webUtils.getPathForFile(file);
  const { path } = file as File & { readonly path?: string };
  return path ?? '';
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Files dropped on the window go to main as paths and come back to the page as `grants.dropped`, by id. The drop is
 * taken here, before the page's own listeners, so that the page never handles a File that knows its path. The page
 * still sees dragenter, dragover and dragleave, to show where to drop.
 */
export function sendDroppedFilesToMain(): void {
  window.addEventListener(
    'dragover',
    (event) => {
      // Without this the browser would refuse the drop, or open the file in place of the app.
      if (carriesFiles(event)) event.preventDefault();
    },
    { capture: true },
  );
  window.addEventListener(
    'drop',
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const paths = [...(event.dataTransfer?.files ?? [])].map(pathOf).filter((path) => path !== '');
      void electron.ipcRenderer.invoke(DROPPED, paths);
    },
    { capture: true },
  );
}
