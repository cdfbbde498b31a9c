import { Button, Skeleton, UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronRight, FolderPlus, PackageOpen, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { openBundle } from '../app/bundles';
import { useServices } from '../app/services';
import { FilterField } from '../components/filter-field';
import { DeletedRow } from './deleted-row';
import { NewProjectDialog } from './new-project-dialog';
import { openSample } from './open-sample';
import { ProjectRow } from './project-row';
import styles from './start.module.css';
import { useProjects } from './use-projects';
import { VanishedProjects } from './vanished-projects';
import { Welcome } from './welcome';

/** From this many on, looking through the list takes longer than typing. */
const WORTH_SEARCHING = 8;

/** The projects: open one, make one, put them away and bring them back. */
export default function StartScreen() {
  const services = useServices();
  const { navigation, toasts } = services;
  const lists = useProjects();
  const [isNaming, setIsNaming] = useState(false);
  const [isOpeningSample, setIsOpeningSample] = useState(false);
  const [search, setSearch] = useState('');

  const showSample = async () => {
    setIsOpeningSample(true);
    const opened = await openSample(services);
    setIsOpeningSample(false);
    if (opened.ok) navigation.go({ screen: 'label', projectId: opened.value });
    else toasts.show({ tone: 'error', message: opened.error.message });
  };

  const dialog = <NewProjectDialog isOpen={isNaming} onClose={() => setIsNaming(false)} />;
  if (lists === null) {
    return (
      <div className={styles.page} aria-busy="true">
        <Skeleton height={24} width={160} />
        {[0, 1, 2, 3].map((at) => (
          <Skeleton key={at} height={52} mt={8} />
        ))}
      </div>
    );
  }
  const isFirstRun = lists.active.length + lists.archived.length + lists.deleted.length === 0;
  if (isFirstRun) {
    return (
      <div className={styles.page}>
        <VanishedProjects />
        <Welcome
          isOpeningSample={isOpeningSample}
          onOpenSample={() => void showSample()}
          onNew={() => setIsNaming(true)}
          onOpenBundle={() => void openBundle(services)}
        />
        {dialog}
      </div>
    );
  }
  const needle = search.trim().toLowerCase();
  const shown = lists.active.filter((project) => project.name.toLowerCase().includes(needle));
  return (
    <div className={styles.page}>
      <VanishedProjects />
      <header className={styles.head}>
        <h1>Projects</h1>
        {lists.active.length >= WORTH_SEARCHING && (
          <FilterField label="Filter projects" value={search} onChange={setSearch} />
        )}
        <Button
          variant="default"
          leftSection={<FolderPlus size={14} aria-hidden />}
          onClick={() => void showSample()}
          loading={isOpeningSample}
        >
          Open sample project
        </Button>
        <Button
          variant="default"
          leftSection={<PackageOpen size={14} aria-hidden />}
          onClick={() => void openBundle(services)}
        >
          Open bundle…
        </Button>
        <Button leftSection={<Plus size={14} aria-hidden />} onClick={() => setIsNaming(true)}>
          New project
        </Button>
      </header>
      {shown.length === 0 ? (
        <p className={styles.nothing}>
          {needle === ''
            ? 'No projects in use. Make a new one, or look below.'
            : 'No project has this in its name.'}
        </p>
      ) : (
        <ul className={styles.list} aria-label="Projects">
          {shown.map((project) => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </ul>
      )}
      <Fold title="Archived" size={lists.archived.length}>
        {lists.archived.map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </Fold>
      <Fold title="Deleted" size={lists.deleted.length}>
        {lists.deleted.map((project) => (
          <DeletedRow key={project.id} project={project} />
        ))}
      </Fold>
      {dialog}
    </div>
  );
}

function Fold(props: { readonly title: string; readonly size: number; readonly children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  if (props.size === 0) return null;
  return (
    <section className={styles.fold} aria-label={`${props.title} projects`}>
      <UnstyledButton className={styles.foldHead} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        {props.title} <span className="dim">{props.size}</span>
      </UnstyledButton>
      {isOpen && <ul className={styles.list}>{props.children}</ul>}
    </section>
  );
}
