import { Actor } from '../../shared/schema/ids';
import type { Persistence } from '../persistence/ports';

export const NAME_KEY = 'person.name';
export const CONTRAST_KEY = 'frame.contrast';
export const BACKUP_MINUTES_KEY = 'backup.minutes';

export const DEFAULT_BACKUP_MINUTES = 10;
/** As often as anybody needs, and once a working day. */
export const BACKUP_MINUTES = { least: 1, most: 480 } as const;

export type Contrast = 'system' | 'more';

/** Makes the stored settings hold, now and whenever they change, for as long as the window lives. */
export function keepSettings(persistence: Persistence): void {
  const { preferences, backups } = persistence;
  const systemName = persistence.actor();

  const applyName = () => {
    persistence.setActor(Actor.safeParse(preferences.get<unknown>(NAME_KEY, '')).data ?? systemName);
  };
  const applyContrast = () => {
    document.documentElement.dataset.contrast = preferences.get<Contrast>(CONTRAST_KEY, 'system');
  };
  let stopTimer = () => {};
  const applyBackups = () => {
    stopTimer();
    stopTimer = backups.startTimer(backupMinutes(preferences.get<unknown>(BACKUP_MINUTES_KEY, null)));
  };
  for (const [key, apply] of [
    [NAME_KEY, applyName],
    [CONTRAST_KEY, applyContrast],
    [BACKUP_MINUTES_KEY, applyBackups],
  ] as const) {
    apply();
    preferences.observe(key, apply);
  }
}

/** The stored interval in minutes, or the default when what is stored is not one. */
export function backupMinutes(stored: unknown): number {
  return typeof stored === 'number' && stored >= BACKUP_MINUTES.least && stored <= BACKUP_MINUTES.most
    ? stored
    : DEFAULT_BACKUP_MINUTES;
}
