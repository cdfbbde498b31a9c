import styles from './color-swatch.module.css';

/** The colour of a label, with an edge that is seen on any surface. */
export function ColorSwatch({ color }: { readonly color: string }) {
  return <span className={styles.swatch} style={{ background: color }} aria-hidden />;
}
