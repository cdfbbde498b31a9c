import { useEffect, useRef } from 'react';
import { loadedLater, ShownWhenLoaded } from '../components/loaded-later';
import styles from './people.module.css';

const SIGN_IN = loadedLater(() => import('./sign-in'));

/** Loads the sign-in screen beforehand where there are profiles, so that a lock shows it at once. */
export function loadSignIn(): void {
  // What fails here fails again, and is shown, when it is needed.
  SIGN_IN.load().catch(() => undefined);
}

/**
 * Lies over the whole window while the app waits for a passphrase. A modal `<dialog>` is above everything, menus and
 * other dialogs included, and the browser keeps keys and focus out of all that is behind it.
 */
export function Cover() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.cover}
      aria-label="Sign in"
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
    >
      <ShownWhenLoaded part={SIGN_IN} />
    </dialog>
  );
}
