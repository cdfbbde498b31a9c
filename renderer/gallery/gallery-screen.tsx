import { Button, Skeleton } from '@mantine/core';
import { LayoutGrid, SearchX, Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Project } from '../../shared/schema/project';
import { useObservable } from '../app/observable';
import { useRoute, useServices } from '../app/services';
import { labelForKey } from '../commands/label-for-key';
import { EmptyNotice } from '../components/empty-notice';
import { ErrorNotice } from '../components/error-notice';
import { count } from '../components/quantity';
import { useProject } from '../components/use-project';
import { useIsMeasured } from '../quality/answers/use-is-measured';
import { createGallery, type Gallery, type GalleryState } from './create-gallery';
import { CropGrid } from './crop-grid';
import { deleteObjects, rejectObjects, relabelObjects } from './edit-objects';
import styles from './gallery.module.css';
import { GalleryToolbar } from './gallery-toolbar';
import { FIRST_VIEW, isFiltered } from './gallery-view';
import type { GridDeeds } from './grid-deeds';
import { MOST_LOOKED_AT } from './look-groups';
import { SelectionBar } from './selection-bar';
import { useDisagreement } from './use-disagreement';

/** All objects of the project at hand as crops, to find the wrong ones among many that are alike. */
export default function GalleryScreen() {
  const { projectId } = useRoute();
  const state = useProject(projectId);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The objects could not be read" message={state.error.message} />;
  }
  if (state.kind === 'loading') return <Loading />;
  return <MayOpen key={state.project.id} project={state.project} />;
}

/** Objects of pictures that somebody is to label as if nobody had would tell which pictures these are. */
function MayOpen({ project }: { readonly project: Project }) {
  const { navigation } = useServices();
  const isMeasured = useIsMeasured(project.id);
  if (isMeasured === null) return <Loading />;
  if (!isMeasured) return <OpenGallery project={project} />;
  return (
    <EmptyNotice
      icon={<Target size={20} />}
      title="The gallery is for reviewers here"
      message="Labels in this project are measured against pictures whose labels are known. The gallery would show these, so reviewers, leads and admins open it."
    >
      <Button size="xs" onClick={() => navigation.go({ screen: 'label' })}>
        Label images
      </Button>
    </EmptyNotice>
  );
}

const SKELETONS = Array.from({ length: 48 }, (_, at) => at);

function Loading() {
  return (
    <div className={styles.loading} aria-busy="true">
      {SKELETONS.map((at) => (
        <Skeleton key={at} width={96} height={96} />
      ))}
    </div>
  );
}

function OpenGallery({ project }: { readonly project: Project }) {
  const services = useServices();
  const [gallery, setGallery] = useState<Gallery | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the id of the project, and asking again, make another gallery
  useEffect(() => {
    const made = createGallery(services, project);
    setGallery(made);
    return () => made.stop();
  }, [services, project.id, attempt]);
  useEffect(() => gallery?.setProject(project), [gallery, project]);
  useDisagreement(project, gallery?.objects ?? null);
  return gallery === null ? (
    <Loading />
  ) : (
    <GalleryView gallery={gallery} project={project} onAgain={() => setAttempt(attempt + 1)} />
  );
}

function GalleryView(props: {
  readonly gallery: Gallery;
  readonly project: Project;
  /** Reads the objects anew after a failure. */
  readonly onAgain: () => void;
}) {
  const { gallery, project } = props;
  const services = useServices();
  const state = useObservable(gallery.state);
  const [lookedAt, setLookedAt] = useState<number | null>(null);
  const [isRejectOpen, setRejectOpen] = useState(false);
  const { schema } = project;
  const { selection, crops } = gallery;
  const edited = () => ({ project, gallery, rows: selection.rows() });
  const toGrid = () => document.getElementById('crop-grid')?.focus();

  const deeds: GridDeeds = {
    onOpen(row) {
      const detail = crops.detail(row);
      if (detail === null) return;
      services.navigation.go({ screen: 'label', imageId: detail.image.id, annotationId: detail.id });
    },
    onDelete: () => void deleteObjects(services, edited()),
    onReject: () => setRejectOpen(true),
    onLabelKey(key) {
      const label = labelForKey(schema, key);
      if (label === null) return false;
      void relabelObjects(services, edited(), label);
      return true;
    },
    onLookAt: setLookedAt,
  };

  if (state.error !== null) {
    return (
      <ErrorNotice title="The objects were not read" message={state.error.message}>
        <Button size="xs" variant="default" onClick={props.onAgain}>
          Read again
        </Button>
      </ErrorNotice>
    );
  }
  return (
    <div className={styles.screen}>
      <GalleryToolbar state={state} schema={schema} onChange={gallery.setView} />
      <Notes state={state} />
      {state.rows === null ? (
        <Loading />
      ) : state.rows.length === 0 ? (
        <NoObjects gallery={gallery} state={state} />
      ) : (
        <CropGrid gallery={gallery} state={state} schema={schema} deeds={deeds} />
      )}
      <SelectionBar
        schema={schema}
        detail={lookedAt === null ? null : crops.detail(lookedAt)}
        failure={lookedAt === null ? null : crops.failure(lookedAt)}
        selection={selection}
        isRejectOpen={isRejectOpen}
        onRejectOpen={setRejectOpen}
        onRelabel={(label) => {
          toGrid();
          void relabelObjects(services, edited(), label);
        }}
        onReject={(code) => {
          setRejectOpen(false);
          toGrid();
          void rejectObjects(services, edited(), code);
        }}
        onDelete={deeds.onDelete}
      />
    </div>
  );
}

/** What the person should know of what is shown. */
function Notes({ state }: { readonly state: GalleryState }) {
  const { status, view, rows, isGrouping } = state;
  const words: string[] = [];
  if (status.kind === 'reading' && status.totalImages > 0) {
    words.push(
      `Reading objects: ${count(status.images)} of ${count(status.totalImages)} images. What was read is shown already.`,
    );
  }
  if (status.kind === 'ready' && status.damaged > 0) {
    words.push(
      `The labels of ${count(status.damaged)} images are damaged and not shown. Open those images to rebuild them.`,
    );
  }
  if (view.order === 'look' && rows !== null && rows.length > MOST_LOOKED_AT) {
    words.push(
      `At most ${count(MOST_LOOKED_AT)} objects are grouped by look. Choose a label or filter; until then they are in image order.`,
    );
  }
  if (isGrouping) words.push('Looking at the objects; the groups come when all were seen.');
  if (words.length === 0) return null;
  return (
    <div className={styles.banner} role="status">
      {words.join(' ')}
    </div>
  );
}

function NoObjects({ gallery, state }: { readonly gallery: Gallery; readonly state: GalleryState }) {
  const { navigation } = useServices();
  if (state.status.kind === 'reading') return <Loading />;
  return isFiltered(state.view) ? (
    <EmptyNotice
      icon={<SearchX size={20} />}
      title="No object passes the filter"
      message="Take a part of the filter away to see more."
    >
      <Button
        size="xs"
        variant="default"
        onClick={() => gallery.setView({ ...FIRST_VIEW, cropSide: state.view.cropSide })}
      >
        Clear filter
      </Button>
    </EmptyNotice>
  ) : (
    <EmptyNotice
      icon={<LayoutGrid size={20} />}
      title="No objects yet"
      message="Here you see every labelled object of the project side by side, which shows the wrong ones at a glance."
    >
      <Button size="xs" onClick={() => navigation.go({ screen: 'label' })}>
        Label images
      </Button>
    </EmptyNotice>
  );
}
