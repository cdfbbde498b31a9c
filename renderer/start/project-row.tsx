import { ActionIcon, Menu, TextInput, UnstyledButton } from '@mantine/core';
import { Archive, ArchiveRestore, Ellipsis, Package, PackagePlus, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Project } from '../../shared/schema/project';
import { saveBundle } from '../app/bundles';
import { useServices } from '../app/services';
import { count } from '../components/quantity';
import { relativeTime } from '../components/relative-time';
import { useIsMeasured } from '../quality/answers/use-is-measured';
import styles from './start.module.css';
import { StateBar } from './state-bar';
import { ThumbnailStrip } from './thumbnail-strip';

/** One project of the list: open it, rename it in place, or put it away. */
export function ProjectRow({ project }: { readonly project: Project }) {
  const services = useServices();
  const { navigation, persistence, toasts } = services;
  const [isRenaming, setIsRenaming] = useState(false);
  const { projects } = persistence;
  const isArchived = project.archivedAt !== null;
  const showsFigures = useIsMeasured(project.id) === false;

  const setArchived = async (to: boolean) => {
    const changed = await projects.setArchived(project.id, to);
    if (!changed.ok) return void toasts.show({ tone: 'error', message: changed.error.message });
    toasts.show({
      message: to ? `Archived “${project.name}”.` : `“${project.name}” is back in the list.`,
      action: { label: 'Undo', run: () => void projects.setArchived(project.id, !to) },
    });
  };
  const remove = async () => {
    const changed = await projects.setDeleted(project.id, true);
    if (!changed.ok) return void toasts.show({ tone: 'error', message: changed.error.message });
    if (navigation.route.get().projectId === project.id) navigation.go({ screen: 'start', projectId: null });
    toasts.show({
      message: `Deleted “${project.name}”. Its pictures stay where they are.`,
      action: { label: 'Undo', run: () => void projects.setDeleted(project.id, false) },
      staysForMs: 15_000,
    });
  };

  return (
    <li className={styles.row}>
      <ThumbnailStrip projectId={project.id} images={project.counts.images} />
      {isRenaming ? (
        <RenameField project={project} onDone={() => setIsRenaming(false)} />
      ) : (
        <UnstyledButton
          className={styles.open}
          onClick={() => navigation.go({ screen: 'label', projectId: project.id })}
          onKeyDown={(event) => {
            if (event.key === 'F2') setIsRenaming(true);
            if (event.key === 'Delete') void remove();
          }}
        >
          <span className={styles.name}>{project.name}</span>
          <span className={styles.sub}>
            {count(project.counts.images)} images
            {showsFigures && ` · ${count(project.counts.annotations)} annotations`}
          </span>
        </UnstyledButton>
      )}
      {showsFigures ? <StateBar counts={project.counts} /> : <span />}
      <span className={styles.opened}>{relativeTime(project.openedAt)}</span>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More for ${project.name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Pencil size={14} aria-hidden />}
            rightSection={<kbd className={styles.key}>F2</kbd>}
            onClick={() => setIsRenaming(true)}
          >
            Rename
          </Menu.Item>
          <Menu.Item
            leftSection={<Package size={14} aria-hidden />}
            onClick={() => void saveBundle(services, project, false)}
          >
            Save as a bundle…
          </Menu.Item>
          <Menu.Item
            leftSection={<PackagePlus size={14} aria-hidden />}
            onClick={() => void saveBundle(services, project, true)}
          >
            Save with its pictures…
          </Menu.Item>
          <Menu.Item
            leftSection={
              isArchived ? <ArchiveRestore size={14} aria-hidden /> : <Archive size={14} aria-hidden />
            }
            onClick={() => void setArchived(!isArchived)}
          >
            {isArchived ? 'Take out of the archive' : 'Archive'}
          </Menu.Item>
          <Menu.Item
            leftSection={<Trash2 size={14} aria-hidden />}
            rightSection={<kbd className={styles.key}>Del</kbd>}
            onClick={() => void remove()}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function RenameField({ project, onDone }: { readonly project: Project; readonly onDone: () => void }) {
  const { persistence } = useServices();
  const [name, setName] = useState(project.name);
  const [problem, setProblem] = useState<string | null>(null);
  // Enter leaves the field, which blurs it; only the first of the two may save.
  const isSettled = useRef(false);

  const save = async () => {
    if (isSettled.current) return;
    const trimmed = name.trim();
    if (trimmed === '') return setProblem('A project needs a name.');
    isSettled.current = true;
    const renamed = trimmed === project.name ? null : await persistence.projects.rename(project.id, trimmed);
    if (renamed?.ok === false) {
      isSettled.current = false;
      return setProblem(renamed.error.message);
    }
    onDone();
  };
  return (
    <TextInput
      className={styles.rename}
      aria-label={`New name of ${project.name}`}
      autoFocus
      maxLength={200}
      value={name}
      error={problem}
      onChange={(event) => setName(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save();
        if (event.key === 'Escape') {
          isSettled.current = true;
          onDone();
        }
      }}
    />
  );
}
