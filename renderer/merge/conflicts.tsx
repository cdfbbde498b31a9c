import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ImageRecord } from '../../shared/schema/image';
import type { Project } from '../../shared/schema/project';
import type { RecordOf } from '../../shared/schema/project-records';
import { resolveLabel } from '../../shared/schema/resolve-label';
import { useServices } from '../app/services';
import { EmptyNotice } from '../components/empty-notice';
import { plural } from '../components/quantity';
import { VirtualList } from '../components/virtual-list';
import { ConflictView } from './conflict-view';
import styles from './merge.module.css';

type Conflict = RecordOf<'conflict'>;
const ROW_HEIGHT = 44;

/** Objects that several people changed apart, one after the other until none is left. */
export function Conflicts(props: {
  readonly project: Project;
  readonly conflicts: readonly Conflict[];
  readonly mayDecide: boolean;
}) {
  const { project, conflicts } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const found = conflicts.findIndex(({ id }) => id === chosen);
  const index = found === -1 ? 0 : found;
  const conflict = conflicts[index];
  if (conflict === undefined) {
    return (
      <EmptyNotice
        icon={<CircleCheck size={28} />}
        title="Nothing to decide"
        message="Where two people changed the same part of an object differently, it is listed here with every side. Until then the project shows its own."
      />
    );
  }
  const following = conflicts[index + 1] ?? conflicts[index - 1];
  return (
    <div className={styles.split}>
      <div className={styles.list}>
        <VirtualList
          id="open-conflicts"
          label={plural(conflicts.length, 'open conflict')}
          rows={conflicts}
          keyOf={({ id }) => id}
          rowHeight={ROW_HEIGHT}
          isSelected={({ id }) => id === conflict.id}
          activeIndex={index}
          onChoose={({ id }) => setChosen(id)}
        >
          {(row) => <ConflictRow conflict={row} project={project} />}
        </VirtualList>
      </div>
      <ConflictView
        key={conflict.id}
        project={project}
        conflict={conflict}
        mayDecide={props.mayDecide}
        onDecided={() => setChosen(following?.id ?? null)}
      />
    </div>
  );
}

function ConflictRow({ conflict, project }: { readonly conflict: Conflict; readonly project: Project }) {
  const image = useImage(conflict.imageId);
  const object = conflict.base ?? conflict.sides.find(({ annotation }) => annotation !== null)?.annotation;
  const label = object == null ? null : resolveLabel(project.schema, object.labelId);
  return (
    <span className={styles.row}>
      <span>{label?.name ?? 'Object'}</span>
      <span className="dim">
        {image?.key ?? '…'} · {conflict.sides.map(({ by }) => by.name).join(', ')}
      </span>
    </span>
  );
}

/** The image of a conflict; null while it is read. */
export function useImage(id: Conflict['imageId']): ImageRecord | null {
  const { persistence } = useServices();
  const [image, setImage] = useState<ImageRecord | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void persistence.images.get(id).then((read) => {
      if (isCurrent && read.ok) setImage(read.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, id]);
  return image;
}
