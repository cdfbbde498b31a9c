import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A failure beside the thing it belongs to: what, where, how to mend, and the way on. */
export function ErrorNotice(props: {
  readonly title: string;
  readonly message: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={20} className={styles.dangerIcon} aria-hidden />
      <div className={styles.text}>
        <p className={styles.title}>{props.title}</p>
        <p className={`${styles.message} selectable`}>{props.message}</p>
        {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
      </div>
    </div>
  );
}
