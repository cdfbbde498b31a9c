import type { DatasetFolder } from '../../shared/formats/format';
import { appError } from '../../shared/result/app-error';
import { err } from '../../shared/result/result';

export function interrupted() {
  return appError('job.cancelled', 'Interrupted; nothing was left behind.');
}

/** The same folder, which gives nothing more once `signal` is aborted, so that whoever reads it ends soon. */
export function interruptibleFolder(folder: DatasetFolder, signal: AbortSignal): DatasetFolder {
  return {
    ...folder,
    list: () => (signal.aborted ? Promise.resolve([]) : folder.list()),
    async readText(path, maxBytes) {
      return signal.aborted ? err(interrupted()) : folder.readText(path, maxBytes);
    },
    async *streamText(path) {
      for await (const chunk of folder.streamText(path)) {
        if (signal.aborted) throw interrupted();
        yield chunk;
      }
    },
    head: (path) => (signal.aborted ? Promise.resolve('') : folder.head(path)),
    async readBytes(path, maxBytes) {
      return signal.aborted ? err(interrupted()) : folder.readBytes(path, maxBytes);
    },
    async *streamBytes(path) {
      for await (const chunk of folder.streamBytes(path)) {
        if (signal.aborted) throw interrupted();
        yield chunk;
      }
    },
    async readRange(path, start, end) {
      return signal.aborted ? err(interrupted()) : folder.readRange(path, start, end);
    },
    async imageSize(path) {
      return signal.aborted ? null : folder.imageSize(path);
    },
  };
}
