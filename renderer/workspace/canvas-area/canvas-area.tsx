import { Button } from '@mantine/core';
import { CircleCheck, ImagePlus } from 'lucide-react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { ErrorNotice } from '../../components/error-notice';
import { DisplayPanel } from '../display-panel/display-panel';
import { Questions } from '../questions/questions';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { BesideCanvas } from './beside-canvas';
import styles from './canvas-area.module.css';
import { CanvasChips } from './canvas-chips';
import { CanvasHost } from './canvas-host';
import { CanvasToolbar } from './canvas-toolbar';
import { ToolOptionsBar } from './tool-options-bar';
import { ToolRail } from './tool-rail';

/** Toolbar, tools and canvas, and what stands in the canvas's place while there is nothing to draw. */
export function CanvasArea() {
  const workspace = useWorkspace();
  const open = useObservable(workspace.openImage);
  const { list } = useObservable(workspace.rail);
  const project = useObservable(workspace.project);
  return (
    <section className={styles.area} aria-label="Canvas">
      <CanvasToolbar />
      <div className={styles.below}>
        <ToolRail />
        <div className={styles.column}>
          <ToolOptionsBar />
          <div className={styles.sides}>
            <div className={styles.canvas}>
              <CanvasHost />
              <CanvasChips />
              <Questions />
              <DisplayPanel />
              {open.kind === 'none' && list !== null && project.counts.images === 0 && <NoImages />}
              {open.kind === 'none' && list?.total === 0 && project.counts.images > 0 && <NothingHere />}
              {open.kind === 'failed' && <OpenFailed />}
              <ReadOnlyBanner />
              <Announcements />
            </div>
            <BesideCanvas />
          </div>
        </div>
      </div>
    </section>
  );
}

function NoImages() {
  const { imports } = useServices();
  const project = useObservable(useWorkspace().project);
  return (
    <div className={styles.notice}>
      <EmptyNotice
        icon={<ImagePlus size={20} />}
        title="No images yet"
        message="Add a folder of images to this project, or drop one onto the window. The files stay where they are and are never changed."
      >
        <Button onClick={() => void imports.addFolder(project.id)}>Add a folder</Button>
      </EmptyNotice>
    </div>
  );
}

/** A queue that is done is good news; a filter that finds nothing is not. */
function NothingHere() {
  const workspace = useWorkspace();
  const isQueue = Object.keys(workspace.rail.get().filter).every((part) => part === 'review');
  if (workspace.kind !== 'review' || !isQueue) return null;
  return (
    <div className={styles.notice}>
      <EmptyNotice
        icon={<CircleCheck size={20} />}
        title="Nothing is in this queue"
        message="What is handed in from now on comes into it. Other queues, and the samples of batches, are in the list above the images."
      />
    </div>
  );
}

function OpenFailed() {
  const { persistence, toasts } = useServices();
  const workspace = useWorkspace();
  const open = useObservable(workspace.openImage);
  if (open.kind !== 'failed') return null;
  const { image } = open;
  const rebuild = async () => {
    const result = await persistence.annotations.rebuildFromJournal(image.id);
    if (!result.ok) return void toasts.show({ tone: 'error', message: result.error.message });
    toasts.show({ message: `Rebuilt from the journal: ${result.value.annotations.length} objects.` });
    await workspace.openImageById(image.id);
  };
  return (
    <div className={styles.notice}>
      <ErrorNotice title="The labels of this image could not be opened" message={open.message}>
        {open.isDamaged && <Button onClick={() => void rebuild()}>Rebuild from the journal</Button>}
        <Button variant="default" onClick={() => void workspace.openImageById(image.id)}>
          Try again
        </Button>
      </ErrorNotice>
    </div>
  );
}

function ReadOnlyBanner() {
  const reason = useEditorValue((one) => one.session.readOnlyReason);
  const isFailure = useEditorValue((one) => one.session.saveState.kind === 'failed');
  // Whose labels they are stands in the chip, and that they are not changed is said when one tries.
  const isOfSomebody = useObservable(useWorkspace().shownSet) === 'person';
  return reason === null || (isOfSomebody && !isFailure) ? null : (
    <div
      className={styles.banner}
      role={isFailure ? 'alert' : 'status'}
      data-failure={isFailure || undefined}
    >
      {reason}
    </div>
  );
}

/** What the tools say aloud while one draws by keyboard. */
function Announcements() {
  const text = useEditorValue((one) => one.session.announcement);
  return (
    <div className="visually-hidden" role="status" aria-live="assertive">
      {text}
    </div>
  );
}
