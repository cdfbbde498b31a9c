import type { Services } from '../app/services';
import { focusCanvas } from './focus-canvas';

/**
 * True while something drawn point by point keeps the person from going on, because going on would lose it. Says so,
 * with the way to drop it; `goOn` is run when that is chosen.
 */
export function isHeldByDraft(
  { editor, toasts }: Pick<Services, 'editor' | 'toasts'>,
  goOn: () => void,
): boolean {
  const { unfinished } = editor;
  if (unfinished === null) return false;
  const close = toasts.show({
    message: `The ${unfinished} is not finished. Finish it, or drop it with Esc.`,
    action: {
      label: 'Drop it',
      run() {
        editor.dispatch({ type: 'cancel' });
        goOn();
      },
    },
  });
  const stop = editor.subscribe(() => {
    if (editor.unfinished !== null) return;
    stop();
    close();
  });
  focusCanvas();
  return true;
}
