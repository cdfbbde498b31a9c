import { useEffect, useRef, useState } from 'react';
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
  // What is in it comes when it is open: opening moves the focus to the first field, which is seldom the right one.
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    setIsOpen(true);
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.cover}
      aria-label="Sign in"
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
    >
      {isOpen && <ShownWhenLoaded part={SIGN_IN} />}
    </dialog>
  );
}
