import { ok, type Result } from '../../shared/result/result';
import { Actor, type IdSource, type Timestamp } from '../../shared/schema/ids';
import type { Session } from '../../shared/schema/person';
import type { Bridge } from '../bridge/bridge';
import { createActivityRepository } from './activity-repository';
import { createAnnotationRepository } from './annotation-repository';
import { createBackupRepository } from './backup-repository';
import { createBundleRepository } from './bundle-repository';
import type { PersistenceContext } from './context';
import { DATABASE_NAME, openDatabase } from './database';
import { exportRows } from './export-rows';
import { createImageRepository } from './image-repository';
import { createJournalRepository } from './journal-repository';
import { createLayerRepository } from './layer-repository';
import { createLookRepository } from './look-repository';
import { createNotifier } from './notifier';
import { createPackageRepository } from './package-repository';
import { createPageCache } from './page-cache';
import type { Persistence } from './ports';
import { createPreferences, windowPreferenceHome } from './preferences';
import { createProjectRepository } from './project-repository';
import { createRecordRepository } from './record-repository';
import { createReviewRepository } from './review-repository';
import { watchForVanished } from './vanished-projects';

export interface PersistenceOptions {
  readonly databaseName?: string;
  readonly newId?: IdSource;
  readonly now?: () => Timestamp;
}

/**
 * Opens the store of record. Errors: `database.newer-version`, `database.quota`, `database.unavailable`; each says how
 * to go on.
 */
export async function openPersistence(
  bridge: Bridge,
  options: PersistenceOptions = {},
): Promise<Result<Persistence>> {
  const name = options.databaseName ?? DATABASE_NAME;
  // Asked together: the first picture of the app waits for both.
  const [opened, info] = await Promise.all([openDatabase(name), bridge.invoke('app.info', {})]);
  if (!opened.ok) return opened;
  let actor = Actor.safeParse(info.ok ? info.value.userName : null).data ?? 'Unknown person';
  /** Undefined until somebody sets one: the owner of an installation without profiles. */
  let session: Session | null | undefined;

  const context: PersistenceContext = {
    db: opened.value,
    notifier: createNotifier(`${name}:changes`),
    pages: createPageCache(),
    newId: options.newId ?? (() => crypto.randomUUID()),
    now: options.now ?? (() => new Date().toISOString()),
    actor: () => session?.name ?? actor,
    session: () => (session === undefined ? { personId: null, name: actor, role: 'admin' } : session),
  };
  const preferences = createPreferences(windowPreferenceHome());
  const vanished = watchForVanished(context.db, context.notifier, preferences);
  const records = createRecordRepository(context);
  return ok({
    projects: createProjectRepository(context),
    images: createImageRepository(context),
    annotations: createAnnotationRepository(context),
    journal: createJournalRepository(context),
    reviews: createReviewRepository(context),
    layers: createLayerRepository(context),
    records,
    looks: createLookRepository(context),
    activity: createActivityRepository(context),
    backups: createBackupRepository(context, bridge),
    bundles: createBundleRepository(context, bridge, records),
    packages: createPackageRepository(context, bridge, records),
    preferences,
    vanishedProjects: () => vanished.find(),
    forgetVanished: (id) => vanished.forget(id),
    setActor(next) {
      actor = Actor.safeParse(next).data ?? actor;
    },
    actor: context.actor,
    setSession(next) {
      session = next;
    },
    session: context.session,
    exportRows: (projectId, rows) => exportRows(context, projectId, rows),
    close() {
      context.notifier.close();
      context.db.close();
    },
  });
}
