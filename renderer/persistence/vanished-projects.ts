import type { ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { guarded } from './database-error';
import type { Notifier } from './notifier';
import type { Preferences, VanishedProject } from './ports';

const KEY = 'persistence.knownProjects';

export interface VanishedProjects {
  find(): Promise<readonly VanishedProject[]>;
  forget(id: ProjectId): void;
}

/**
 * Keeps the names of all projects outside of the database. Chromium throws a database away whose files it finds
 * corrupt, and without this the app would then look as if it had never been used; with it, it can say what is gone
 * and point at the backups.
 */
export function watchForVanished(
  db: GroundmarkDatabase,
  notifier: Notifier,
  preferences: Preferences,
): VanishedProjects {
  const known = (): readonly VanishedProject[] =>
    preferences.get<readonly unknown[]>(KEY, []).filter(isVanishedProject);
  /** Seen in the database since the app was opened: when such a one goes, a person erased it. */
  const seen = new Set<ProjectId>();

  async function refresh(): Promise<readonly VanishedProject[]> {
    const read = await guarded(db, 'reading projects', () => db.projects.toArray());
    if (!read.ok) return [];
    const current = read.value.map(({ id, name }) => ({ id, name }));
    const present = new Set(current.map(({ id }) => id));
    const vanished = known().filter(({ id }) => !present.has(id) && !seen.has(id));
    for (const id of present) seen.add(id);
    const next = [...current, ...vanished];
    if (JSON.stringify(next) !== JSON.stringify(known())) preferences.set(KEY, next);
    return vanished;
  }

  // Edits of images leave the list of projects as it is.
  notifier.listen((event) => {
    if (event.imageIds === 'many' || event.imageIds.length === 0) void refresh();
  });
  return {
    find: refresh,
    forget(id) {
      preferences.set(
        KEY,
        known().filter((project) => project.id !== id),
      );
    },
  };
}

function isVanishedProject(value: unknown): value is VanishedProject {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value;
}
