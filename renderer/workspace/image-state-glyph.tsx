import { CircleCheck, CircleDashed, CircleDot, CircleSlash, type LucideIcon } from 'lucide-react';
import type { ImageState } from '../../shared/schema/annotation';
import styles from './image-state-glyph.module.css';

/** The words and signs for the states of an image, everywhere the same. */
export const IMAGE_STATE_WORDS: Readonly<Record<ImageState, string>> = {
  unlabelled: 'Unlabelled',
  inProgress: 'In progress',
  labelled: 'Labelled',
  confirmedEmpty: 'Confirmed empty',
};

const GLYPHS: Readonly<Record<ImageState, LucideIcon>> = {
  unlabelled: CircleDashed,
  inProgress: CircleDot,
  labelled: CircleCheck,
  confirmedEmpty: CircleSlash,
};

/** Told by shape, not by colour alone; the words are there for screen readers. */
export function ImageStateGlyph({ state }: { readonly state: ImageState }) {
  const Glyph = GLYPHS[state];
  return (
    <span className={styles.glyph} data-state={state} title={IMAGE_STATE_WORDS[state]}>
      <Glyph size={14} strokeWidth={2} aria-label={IMAGE_STATE_WORDS[state]} role="img" />
    </span>
  );
}
