import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/result/app-error';
import type { ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import type { ImageChoice } from './image-choice';
import { type ChosenImage, readChosen } from './read-chosen';

/** Typing is not read letter by letter, nor what changes in the project event by event. */
const PAUSE_IN_MS = 250;

export type ChosenState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  /** Stale: the choice changed, and its images are being read. */
  | { readonly kind: 'ready'; readonly images: readonly ChosenImage[]; readonly isStale: boolean };

/** The images of a choice, read again when the choice or the project changes. */
export function useChosen(project: Project, choice: ImageChoice, leftOut: ReadonlySet<ImageId>): ChosenState {
  const { persistence } = useServices();
  const [state, setState] = useState<ChosenState>({ kind: 'reading' });
  const { id } = project;
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = async () => {
      timer = null;
      const found = await readChosen(persistence, id, choice, leftOut, stopped.signal);
      if (stopped.signal.aborted) return;
      setState(
        found.ok
          ? { kind: 'ready', images: found.value, isStale: false }
          : { kind: 'failed', error: found.error },
      );
    };
    const soon = () => {
      timer ??= setTimeout(() => void read(), PAUSE_IN_MS);
    };
    setState((state) => (state.kind === 'ready' ? { ...state, isStale: true } : state));
    soon();
    const stop = persistence.images.observe(id, soon);
    return () => {
      stopped.abort();
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [persistence, id, choice, leftOut]);
  return state;
}
