import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import { RAIL_LIMITS } from '../app/frame-state';
import type { ScreenId } from '../app/navigation';
import { useObservable } from '../app/observable';
import { useRoute, useServices } from '../app/services';
import { isHeldByDraft } from '../commands/hold-draft';
import { ErrorNotice } from '../components/error-notice';
import { ResizeHandle } from '../components/resize-handle';
import { CanvasArea } from './canvas-area/canvas-area';
import type { WorkspaceHandle, WorkspacePurpose } from './create-workspace';
import styles from './label-screen.module.css';
import { reportUsable } from './report-usable';
import { ReviewPins } from './review/review-pins';
import { showObject } from './show-object';
import { StatusLine } from './status-line/status-line';
import { WorkspaceContext } from './workspace-context';

/** What differs between the screens that have this frame. */
export interface WorkspaceFrameProps {
  readonly screen: ScreenId;
  /** Absent: for labelling. */
  readonly purpose?: WorkspacePurpose;
  readonly left: (searchRef: RefObject<HTMLInputElement | null>) => ReactNode;
  readonly right: (labelsRef: RefObject<HTMLDivElement | null>) => ReactNode;
}

/** Images on the left, canvas in the middle, inspector on the right, status below. */
export function WorkspaceFrame({ screen, purpose, left, right }: WorkspaceFrameProps) {
  const services = useServices();
  const { projectId, imageId, annotationId } = useRoute();
  const [workspace, setWorkspace] = useState<WorkspaceHandle | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const labelsRef = useRef<HTMLDivElement>(null);
  const firstImage = useRef(imageId);
  // What a workspace is for is settled when it is opened.
  const firstPurpose = useRef(purpose);

  useEffect(() => {
    if (projectId === null) return;
    let isCurrent = true;
    let handle: WorkspaceHandle | null = null;
    void services.workspaces
      .open(projectId, firstImage.current, firstPurpose.current)
      .then(async (opened) => {
        if (opened.ok) handle = opened.value.workspace;
        if (!isCurrent) return void handle?.stop();
        if (!opened.ok) {
          // Erased, or gone with the database: the start page says what is known of it.
          if (opened.error.code === 'record.conflict')
            return services.navigation.go({ screen: 'start', projectId: null });
          return setFailure(opened.error);
        }
        const { workspace: ready, firstImage: isFirstOpen } = opened.value;
        ready.setFocus({
          filter: () => {
            openRail(services.frame, 'images');
            requestAnimationFrame(() => searchRef.current?.select());
          },
          labels: () => {
            openRail(services.frame, 'inspector');
            requestAnimationFrame(() =>
              labelsRef.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus(),
            );
          },
        });
        services.workspace.set(ready);
        setWorkspace(ready);
        await isFirstOpen;
        reportUsable(services.bridge);
        void services.persistence.projects.markOpened(projectId);
      });
    return () => {
      isCurrent = false;
      handle?.stop();
      services.workspace.set(null);
    };
  }, [services, projectId]);

  useEffect(
    () =>
      services.navigation.guard(
        (to) => to.screen === screen || !isHeldByDraft(services, () => services.navigation.go(to)),
      ),
    [services, screen],
  );

  // A later request to show an image on this same screen, e.g. from a problem list.
  useEffect(() => {
    if (workspace !== null && imageId !== null && imageId !== firstImage.current) {
      firstImage.current = imageId;
      void workspace.openImageById(imageId);
    }
  }, [workspace, imageId]);

  useEffect(() => {
    if (workspace === null || imageId === null || annotationId === null) return;
    return showObject(services.editor, workspace, imageId, annotationId);
  }, [services, workspace, imageId, annotationId]);

  if (failure !== null)
    return <ErrorNotice title="This project could not be opened" message={failure.message} />;
  if (workspace === null) return <div className={styles.screen} aria-busy="true" />;
  return (
    <WorkspaceContext value={workspace}>
      <div className={styles.screen}>
        <div className={styles.columns}>
          <Rail id="images" side="left" label="Images">
            {left(searchRef)}
          </Rail>
          <CanvasArea />
          <Rail id="inspector" side="right" label="Inspector">
            {right(labelsRef)}
          </Rail>
        </div>
        <StatusLine />
        <ReviewPins />
      </div>
    </WorkspaceContext>
  );
}

function openRail(frame: ReturnType<typeof useServices>['frame'], id: 'images' | 'inspector') {
  if (!frame.rails.get()[id].isOpen) frame.toggleRail(id);
}

function Rail(props: {
  readonly id: 'images' | 'inspector';
  readonly side: 'left' | 'right';
  readonly label: string;
  readonly children: React.ReactNode;
}) {
  const { frame } = useServices();
  const rail = useObservable(frame.rails)[props.id];
  if (!rail.isOpen) return null;
  const content = (
    <aside key="rail" className={styles.rail} style={{ width: rail.width }} aria-label={props.label}>
      {props.children}
    </aside>
  );
  const handle = (
    <ResizeHandle
      key="handle"
      label={`Width of ${props.label.toLowerCase()}`}
      railSide={props.side}
      width={rail.width}
      narrowest={RAIL_LIMITS.narrowest}
      widest={RAIL_LIMITS.widest}
      onResize={(width) => frame.resizeRail(props.id, width)}
    />
  );
  return props.side === 'left' ? [content, handle] : [handle, content];
}
