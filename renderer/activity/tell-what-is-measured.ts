import type { Services } from '../app/services';
import { personKey } from '../persistence/review-marks';

/** Long enough to be read twice. */
const STAYS_FOR_MS = 30_000;

/**
 * Tells everyone who signs in, once, that their work is measured and where to read what is. The owner of an installation
 * without profiles is measured for nobody but themselves, and reads it beside the figures.
 */
export function tellWhatIsMeasured({
  persistence,
  workspace,
  toasts,
  navigation,
}: Pick<Services, 'persistence' | 'workspace' | 'toasts' | 'navigation'>): () => void {
  return workspace.subscribe(() => {
    const session = persistence.session();
    if (workspace.get() === null || session === null || session.personId === null) return;
    const key = `activity.told.${personKey({ id: session.personId, name: session.name })}`;
    if (persistence.preferences.get(key, false)) return;
    persistence.preferences.set(key, true);
    toasts.show({
      message:
        'How long you work on each image is measured while this window is in front, without idle times. You see your own figures; reviewers, leads and admins see everybody’s.',
      staysForMs: STAYS_FOR_MS,
      action: { label: 'What is measured', run: () => navigation.go({ screen: 'quality' }) },
    });
  });
}
