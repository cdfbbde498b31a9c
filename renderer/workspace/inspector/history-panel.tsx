import { useEffect, useState } from 'react';
import type { ChangeRecord } from '../../../shared/schema/change';
import { useServices } from '../../app/services';
import { useEditorValue } from '../use-editor-value';
import styles from './inspector.module.css';

const MOST_LINES = 200;
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const ORIGIN_WORDS: Partial<Record<ChangeRecord['origin'], string>> = {
  undo: 'Undo: ',
  redo: 'Redo: ',
  import: 'Import: ',
  restore: 'Restore: ',
};

/** Who did what to this image and when, from the journal, newest first. */
export function HistoryPanel() {
  const { persistence } = useServices();
  const imageId = useEditorValue((one) => one.document?.imageId ?? null);
  const saveState = useEditorValue((one) => one.session.saveState);
  const [lines, setLines] = useState<readonly ChangeRecord[] | null>(null);

  useEffect(() => {
    let isCurrent = true;
    // A new line is in the journal once the save it belongs to is through.
    if (imageId === null || saveState.kind === 'saving') return;
    void persistence.journal.history(imageId, MOST_LINES).then((read) => {
      if (isCurrent) setLines(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, imageId, saveState]);

  if (imageId === null || lines === null || lines.length === 0) {
    return <p className={styles.empty}>Nothing has been changed in this image yet.</p>;
  }
  return (
    <ol className={styles.history} aria-label="History of this image">
      {lines.map((line) => (
        <li key={line.id}>
          <span>
            {ORIGIN_WORDS[line.origin] ?? ''}
            {line.label}
          </span>
          <span className={styles.detail}>
            {line.actor}, {time.format(new Date(line.at))}
          </span>
        </li>
      ))}
    </ol>
  );
}
