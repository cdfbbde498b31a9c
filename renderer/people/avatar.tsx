import styles from './people.module.css';

/** Up to two initials in a circle: a picture, not a text (the style sheet writes them); the name stands beside it. */
export function Avatar({ name }: { readonly name: string }) {
  return <span className={styles.avatar} data-initials={initialsOf(name)} aria-hidden />;
}

/** First letters of the first and the last word, as a reader takes them: whole code points, upper case. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0]);
  return letters.join('').toUpperCase();
}
