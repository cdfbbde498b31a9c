import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** What an empty place is for and the first step to fill it. */
export function EmptyNotice(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly message: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <div className={styles.icon} aria-hidden>
        {props.icon}
      </div>
      <div className={styles.text}>
        <p className={styles.title}>{props.title}</p>
        <p className={styles.message}>{props.message}</p>
        {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
      </div>
    </div>
  );
}
