import { Button, CloseButton } from '@mantine/core';
import { useObservable } from './observable';
import { useServices } from './services';
import styles from './toast-list.module.css';
import type { Toast } from './toasts';

/** Toasts above the status line; errors interrupt a screen reader, the rest wait for a pause. */
export function ToastList() {
  const { toasts } = useServices();
  const shown = useObservable(toasts.shown);
  return (
    <section className={styles.list} aria-label="Notifications">
      <div role="status" aria-live="polite">
        {shown
          .filter((toast) => toast.tone !== 'error')
          .map((toast) => (
            <Line key={toast.id} toast={toast} />
          ))}
      </div>
      <div role="alert">
        {shown
          .filter((toast) => toast.tone === 'error')
          .map((toast) => (
            <Line key={toast.id} toast={toast} />
          ))}
      </div>
    </section>
  );
}

function Line({ toast }: { readonly toast: Toast }) {
  const { toasts } = useServices();
  const { action } = toast;
  return (
    <div className={styles.toast} data-tone={toast.tone ?? 'neutral'}>
      <span className={`${styles.message} selectable`}>{toast.message}</span>
      {action !== undefined && (
        <Button
          variant="light"
          size="compact-xs"
          onClick={() => {
            toasts.close(toast.id);
            void action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close notification" onClick={() => toasts.close(toast.id)} />
    </div>
  );
}
