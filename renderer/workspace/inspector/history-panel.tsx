import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { auditEntryOf, changeInWords, objectsOf } from '../../../shared/audit/audit-entry';
import type { ChangeRecord } from '../../../shared/schema/change';
import type { AnnotationId, ImageId } from '../../../shared/schema/ids';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import { dateAndTime } from '../../components/relative-time';
import type { UndoStep } from '../../persistence/ports';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { HistoryPoint } from './history-point';
import styles from './inspector.module.css';

/** Lines that are read at first, and once more with each “Show earlier”. */
const LINES_PER_PAGE = 200;

/** Who did what to this image, or to the selected object, and when; any point of it can be seen and restored. */
export function HistoryPanel() {
  const imageId = useEditorValue((one) => one.document?.imageId ?? null);
  const selection = useEditorValue((one) => one.session.selection);
  const [only, ...others] = selection;
  const selected = only !== undefined && others.length === 0 ? only : null;
  const [isOfObject, setIsOfObject] = useState(false);
  const objectId = isOfObject ? selected : null;
  return (
    <>
      <ChangeOfMany />
      <div className={styles.historyScope}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Whose history"
          value={objectId === null ? 'image' : 'object'}
          onChange={(value) => setIsOfObject(value === 'object')}
          data={[
            { value: 'image', label: 'Image' },
            { value: 'object', label: 'Selected object', disabled: selected === null },
          ]}
        />
      </div>
      {imageId === null ? (
        <p className={styles.empty}>Nothing has been changed in this image yet.</p>
      ) : (
        <Lines key={`${imageId} ${objectId ?? ''}`} imageId={imageId} objectId={objectId} />
      )}
    </>
  );
}

function Lines({ imageId, objectId }: { readonly imageId: ImageId; readonly objectId: AnnotationId | null }) {
  const { persistence } = useServices();
  const project = useObservable(useWorkspace().project);
  const saveState = useEditorValue((one) => one.session.saveState);
  const [limit, setLimit] = useState(LINES_PER_PAGE);
  const [lines, setLines] = useState<readonly ChangeRecord[] | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    // A new line is in the journal once the save it belongs to is through.
    if (saveState.kind === 'saving') return;
    void persistence.journal.history(imageId, limit).then((read) => {
      if (isCurrent) setLines(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, imageId, limit, saveState]);

  const shown = lines?.filter((line) => objectId === null || objectsOf(line).includes(objectId)) ?? [];
  if (shown.length === 0) {
    const whose = objectId === null ? 'in this image' : 'of this object';
    return <p className={styles.empty}>{lines === null ? '' : `Nothing has been changed ${whose} yet.`}</p>;
  }
  const labels = new Map<string, string>(project.schema.labels.map(({ id, name }) => [id, name]));
  const names = { image: () => null, label: (id: string) => labels.get(id) ?? null };
  const newest = lines?.[0];
  return (
    <ol
      className={styles.history}
      aria-label={objectId === null ? 'History of this image' : 'History of the selected object'}
    >
      {shown.map((line) => {
        const entry = auditEntryOf(line, names);
        const change = changeInWords(entry);
        const isOpen = line.id === openId;
        return (
          <li key={line.id} data-open={isOpen || undefined}>
            <button
              type="button"
              className={styles.historyLine}
              aria-expanded={isOpen}
              onClick={() => setOpenId(isOpen ? null : line.id)}
            >
              <span>{entry.what}</span>
              {change !== '' && <span className={styles.detail}>{change}</span>}
              <span className={styles.detail}>
                {entry.who}, {dateAndTime(entry.at)}
              </span>
            </button>
            {isOpen && (
              <HistoryPoint
                imageId={imageId}
                objectId={objectId}
                seq={line.seq}
                point={dateAndTime(line.at)}
                isNow={line.id === newest?.id}
                onRestored={() => setOpenId(null)}
              />
            )}
          </li>
        );
      })}
      {lines?.length === limit && (
        <li className={styles.historyMore}>
          <Button size="compact-xs" variant="default" onClick={() => setLimit(limit + LINES_PER_PAGE)}>
            Show earlier
          </Button>
        </li>
      )}
    </ol>
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
