import type { ImageId, ProjectId } from '../../shared/schema/ids';

/** What a committed transaction touched. */
export interface StoreEvent {
  readonly projectId: ProjectId;
  readonly imageIds: readonly ImageId[] | 'many';
}

export interface Notifier {
  /** Tells listeners of this window and of every other window on the same database. Call after the commit only. */
  announce(event: StoreEvent): void;
  listen(listener: (event: StoreEvent) => void): () => void;
  close(): void;
}

/** More than this many ids are sent as `many`: a listener then reads its window of the list again anyway. */
const MOST_IDS_NAMED = 500;

export function createNotifier(channelName: string): Notifier {
  const listeners = new Set<(event: StoreEvent) => void>();
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (message: MessageEvent<StoreEvent>) => {
    for (const listener of listeners) listener(message.data);
  };
  return {
    announce({ projectId, imageIds }) {
      const event: StoreEvent = {
        projectId,
        imageIds: imageIds === 'many' || imageIds.length > MOST_IDS_NAMED ? 'many' : imageIds,
      };
      for (const listener of listeners) listener(event);
      channel.postMessage(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      channel.close();
    },
  };
}
