import type { ReactNode } from 'react';
import styles from './banner.module.css';

/** Something calm to know above the work, with the ways out beside it. */
export function Banner(props: {
  readonly icon: ReactNode;
  readonly message: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.banner} role="status">
      {props.icon}
      <span>{props.message}</span>
      {props.children}
    </div>
  );
}
