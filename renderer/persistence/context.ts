import type { Actor, IdSource, Timestamp } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import type { Notifier } from './notifier';
import type { PageCache } from './page-cache';

/** What every repository works with; made once by `openPersistence`. */
export interface PersistenceContext {
  readonly db: GroundmarkDatabase;
  readonly notifier: Notifier;
  readonly pages: PageCache;
  readonly newId: IdSource;
  readonly now: () => Timestamp;
  readonly actor: () => Actor;
}
