import type { ImageId } from '../../shared/schema/ids';
import type { PageLayout } from './page-layout';

/** Images whose layout is remembered: the open one and those next to it. Thirty-two held 3 MB of records that nobody saw. */
const MOST_IMAGES = 4;

/**
 * How the last read or written sets lie in pages, with the revision for which that is so. Only a saving of work:
 * a commit trusts it when the revision found inside its transaction is the same, else it writes every page.
 */
export interface PageCache {
  get(imageId: ImageId, revision: number): PageLayout | null;
  set(imageId: ImageId, revision: number, layout: PageLayout): void;
  forget(imageId: ImageId): void;
}

export function createPageCache(): PageCache {
  // A Map keeps the order of insertion, so its first key is the one used longest ago.
  const entries = new Map<ImageId, { revision: number; layout: PageLayout }>();
  return {
    get(imageId, revision) {
      const entry = entries.get(imageId);
      return entry !== undefined && entry.revision === revision ? entry.layout : null;
    },
    set(imageId, revision, layout) {
      entries.delete(imageId);
      entries.set(imageId, { revision, layout });
      const oldest = entries.keys().next().value;
      if (entries.size > MOST_IMAGES && oldest !== undefined) entries.delete(oldest);
    },
    forget(imageId) {
      entries.delete(imageId);
    },
  };
}
