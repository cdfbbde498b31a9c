import type { ReactNode } from 'react';
import styles from './section-header.module.css';

/** The head of a part of a rail: its name, a number, and what can be done with the whole of it. */
export function SectionHeader(props: {
  readonly title: string;
  readonly detail?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.header}>
      <h2 className={styles.title}>{props.title}</h2>
      {props.detail !== undefined && <span className={styles.detail}>{props.detail}</span>}
      <span className={styles.gap} />
      {props.children}
    </div>
  );
}
