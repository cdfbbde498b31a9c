import styles from './keys.module.css';

/** A key as a person reads it, e.g. in help and palette. */
export function Keys({ text }: { readonly text: string }) {
  return text === '' ? null : <kbd className={styles.keys}>{text}</kbd>;
}
