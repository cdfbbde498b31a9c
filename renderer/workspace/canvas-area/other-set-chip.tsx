import { Button } from '@mantine/core';
import { Target } from 'lucide-react';
import { useObservable } from '../../app/observable';
import { useWorkspace } from '../workspace-context';
import styles from './canvas-area.module.css';

/** Says that what is edited is not the image's own labels, with the way back. */
export function OtherSetChip() {
  const workspace = useWorkspace();
  const shown = useObservable(workspace.shownSet);
  if (shown === 'own') return null;
  return (
    <div className={styles.chip} role="status">
      <Target size={14} aria-hidden />
      <span>{shown === 'proposal' ? 'Drawing a suggestion' : 'Editing the ground truth'}</span>
      <Button variant="subtle" size="compact-xs" onClick={() => void workspace.showSet(null)}>
        Back to the labels
      </Button>
    </div>
  );
}
