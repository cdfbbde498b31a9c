import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';
import { plural } from '../components/quantity';
import { relativeTime } from '../components/relative-time';
import styles from './start.module.css';

/** A deleted project: bring it back, or erase it, which undo cannot reach and is therefore asked about. */
export function DeletedRow({ project }: { readonly project: Project }) {
  const { persistence, toasts } = useServices();
  const [isAsking, setIsAsking] = useState(false);
  const report = (message: string) => toasts.show({ tone: 'error', message });

  const restore = async () => {
    const restored = await persistence.projects.setDeleted(project.id, false);
    if (!restored.ok) return void report(restored.error.message);
    toasts.show({ message: `“${project.name}” is back in the list.` });
  };
  const erase = async () => {
    setIsAsking(false);
    const erased = await persistence.projects.purge(project.id);
    if (!erased.ok) return void report(erased.error.message);
    toasts.show({ message: `Erased “${project.name}”. Its backups and published versions are kept.` });
  };
  return (
    <li className={styles.row} data-deleted>
      <span className={styles.open}>
        <span className={styles.name}>{project.name}</span>
        <span className={styles.sub}>
          {plural(project.counts.images, 'image')} · {plural(project.counts.annotations, 'annotation')} ·
          deleted {relativeTime(project.deletedAt ?? project.openedAt)}
        </span>
      </span>
      <Button variant="default" onClick={() => void restore()}>
        Restore
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setIsAsking(true)}>
        Erase for good…
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Erase “${project.name}” for good?`}
        size={420}
      >
        <p className={styles.question}>
          {plural(project.counts.annotations, 'annotation')} in {plural(project.counts.images, 'image')} and
          the history of every edit go. The picture files, backups and published versions stay.
        </p>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
            Keep it
          </Button>
          <Button color="red" onClick={() => void erase()}>
            Erase
          </Button>
        </Group>
      </Modal>
    </li>
  );
}
