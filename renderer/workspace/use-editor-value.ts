import { useSyncExternalStore } from 'react';
import { useServices } from '../app/services';
import type { Editor } from '../editor/editor';
import { followCalmly } from './follow-calmly';

/**
 * Follows one value of the editor. The editor tells of every pointer move, so `select` must be cheap and give the same
 * object as long as nothing it stands for changed; then the component re-renders only for its own value.
 */
export function useEditorValue<T>(select: (editor: Editor) => T): T {
  const { editor } = useServices();
  return useSyncExternalStore(followCalmly(editor), () => select(editor));
}
