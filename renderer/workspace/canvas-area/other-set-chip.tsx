import { Button } from '@mantine/core';
import { Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { useEditorValue } from '../use-editor-value';
import type { ShownSet } from '../workspace';
import { useWorkspace } from '../workspace-context';
import styles from './canvas-area.module.css';

/** Says that what is on screen is not the image's own labels, with the way back. */
export function OtherSetChip() {
  const workspace = useWorkspace();
  const shown = useObservable(workspace.shownSet);
  const owner = useOwner();
  if (shown === 'own') return null;
  return (
    <div className={styles.chip} role="status">
      <Target size={14} aria-hidden />
      <span>{wordsFor(shown, owner)}</span>
      <Button variant="subtle" size="compact-xs" onClick={() => void workspace.showSet(null)}>
        Back to the labels
      </Button>
    </div>
  );
}

function wordsFor(shown: Exclude<ShownSet, 'own'>, owner: string | null): string {
  switch (shown) {
    case 'proposal':
      return 'Drawing a suggestion';
    case 'groundTruth':
      return 'Editing the ground truth';
    case 'person':
      return `Looking at the labels of ${owner ?? 'somebody'}`;
  }
}

/** Whose the second set on screen is; null for the image's own, and until it is read. */
function useOwner(): string | null {
  const { persistence } = useServices();
  const isOther = useObservable(useWorkspace().shownSet) === 'person';
  const setId = useEditorValue((one) => one.document?.imageId ?? null);
  const [owner, setOwner] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setOwner(null);
    if (!isOther || setId === null) return;
    void persistence.layers.get(setId).then((layer) => {
      if (isCurrent && layer.ok) setOwner(layer.value.owner.name);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, isOther, setId]);
  return owner;
}
