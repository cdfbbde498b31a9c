import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ChangeRecord } from '../../../shared/schema/change';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import type { UndoStep } from '../../persistence/ports';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
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
    return (
      <>
        <ChangeOfMany />
        <p className={styles.empty}>Nothing has been changed in this image yet.</p>
      </>
    );
  }
  return (
    <>
      <ChangeOfMany />
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
    </>
  );
}

/** The project's newest change when it is one of many images: undo of this image never reaches it, this does. */
function ChangeOfMany() {
  const { commands, persistence } = useServices();
  const project = useObservable(useWorkspace().project);
  const [newest, setNewest] = useState<UndoStep | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = () =>
      void persistence.journal.stacks(`project:${project.id}`, 1).then(({ undo }) => {
        if (isCurrent) setNewest(undo.at(-1) ?? null);
      });
    read();
    const stop = persistence.images.observe(project.id, ({ imageIds }) => {
      if (imageIds === 'many') read();
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, project]);
  if (newest?.change.body.kind !== 'group') return null;
  const { imageCount } = newest.change.body;
  return (
    <div className={styles.taken}>
      <span className={styles.lineText} title={`${newest.label}, in ${plural(imageCount, 'image')}`}>
        {newest.label}
      </span>
      <Button
        variant="default"
        size="compact-xs"
        title={commands.tooltip('project.undoMany')}
        onClick={() => void commands.run('project.undoMany')}
      >
        Undo
      </Button>
    </div>
  );
}
