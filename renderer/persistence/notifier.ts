import type { ImageId, ProjectId } from '../../shared/schema/ids';

/** What a committed transaction touched. */
export interface StoreEvent {
  readonly projectId: ProjectId;
  readonly imageIds: readonly ImageId[] | 'many';
}

export interface Notifier {
  /** Tells listeners of this window and of every other window on the same database. Call after the commit only. */
  announce(event: StoreEvent): void;
  /**
   * As `announce` of many images, for work that commits many times a second: the first is told at once, later ones at
   * this pace and the newest never later than that, so that listeners which read again do not slow the work down.
   */
  announceGrowth(projectId: ProjectId, paceInMs?: number): void;
  listen(listener: (event: StoreEvent) => void): () => void;
  close(): void;
}

/** Listeners read lists again and draw them; more often than this nobody could see the difference. */
const GROWTH_PACE_IN_MS = 500;

/** More than this many ids are sent as `many`: a listener then reads its window of the list again anyway. */
const MOST_IDS_NAMED = 500;

export function createNotifier(channelName: string): Notifier {
  const listeners = new Set<(event: StoreEvent) => void>();
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (message: MessageEvent<StoreEvent>) => {
    for (const listener of listeners) listener(message.data);
  };
  /** Projects of which growth was told lately, and whether there was more since. */
  const growing = new Map<ProjectId, { hasMore: boolean; readonly timer: ReturnType<typeof setTimeout> }>();
  const tell = (event: StoreEvent) => {
    for (const listener of listeners) listener(event);
    channel.postMessage(event);
  };
  const announceGrowth = (projectId: ProjectId, paceInMs = GROWTH_PACE_IN_MS) => {
    const recent = growing.get(projectId);
    if (recent !== undefined) {
      recent.hasMore = true;
      return;
    }
    const timer = setTimeout(() => {
      const hadMore = growing.get(projectId)?.hasMore;
      growing.delete(projectId);
      if (hadMore) announceGrowth(projectId, paceInMs);
    }, paceInMs);
    growing.set(projectId, { hasMore: false, timer });
    tell({ projectId, imageIds: 'many' });
  };
  return {
    announceGrowth,
    announce({ projectId, imageIds }) {
      tell({
        projectId,
        imageIds: imageIds === 'many' || imageIds.length > MOST_IDS_NAMED ? 'many' : imageIds,
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const { timer } of growing.values()) clearTimeout(timer);
      listeners.clear();
      channel.close();
    },
  };
}
