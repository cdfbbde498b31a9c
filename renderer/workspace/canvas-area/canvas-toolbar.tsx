import {
  ChevronLeft,
  ChevronRight,
  CircleCheck,
  CircleSlash,
  Maximize,
  PanelLeft,
  PanelRight,
  Redo2,
  SlidersHorizontal,
  Undo2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { CommandButton } from '../../components/command-button';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './canvas-area.module.css';

const SIZE = 16;

const ICONS = {
  panelLeft: <PanelLeft size={SIZE} />,
  undo2: <Undo2 size={SIZE} />,
  redo2: <Redo2 size={SIZE} />,
  zoomOut: <ZoomOut size={SIZE} />,
  zoomIn: <ZoomIn size={SIZE} />,
  maximize: <Maximize size={SIZE} />,
  slidersHorizontal: <SlidersHorizontal size={SIZE} />,
  circleSlash: <CircleSlash size={SIZE} />,
  circleCheck: <CircleCheck size={SIZE} />,
  chevronLeft: <ChevronLeft size={SIZE} />,
  chevronRight: <ChevronRight size={SIZE} />,
  panelRight: <PanelRight size={SIZE} />,
};

/** The commands one uses all the time, each with its key in the tooltip. */
export function CanvasToolbar() {
  const { frame } = useServices();
  const workspace = useWorkspace();
  const rails = useObservable(frame.rails);
  const isDisplayPanelOpen = useObservable(frame.isDisplayPanelOpen);
  const open = useObservable(workspace.openImage);
  // What follows is not shown here, but decides which buttons are available.
  useEditorValue((one) => one.document);
  useEditorValue((one) => one.canUndo);
  useEditorValue((one) => one.canRedo);
  useEditorValue((one) => one.session.readOnlyReason);
  const state = useEditorValue((one) => one.document?.status.state ?? null);
  const image = open.kind === 'none' ? null : open.image;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Image and view" data-region="toolbar">
      <CommandButton
        commandId="imageList.toggle"
        icon={ICONS.panelLeft}
        isPressed={rails.images.isOpen}
        isQuiet
      />
      <Separator />
      <CommandButton commandId="edit.undo" icon={ICONS.undo2} />
      <CommandButton commandId="edit.redo" icon={ICONS.redo2} />
      <Separator />
      <CommandButton commandId="view.zoomOut" icon={ICONS.zoomOut} />
      <CommandButton commandId="view.zoomIn" icon={ICONS.zoomIn} />
      <CommandButton commandId="view.fit" icon={ICONS.maximize} />
      <CommandButton
        commandId="view.display"
        icon={ICONS.slidersHorizontal}
        isPressed={isDisplayPanelOpen}
        isQuiet
      />
      <span className={styles.imageName} title={image?.key}>
        {image?.key.slice(image.key.lastIndexOf('/') + 1) ?? ''}
      </span>
      <CommandButton
        commandId="image.confirmEmpty"
        icon={ICONS.circleSlash}
        isPressed={state === 'confirmedEmpty'}
      />
      <CommandButton
        commandId="image.markLabelled"
        icon={ICONS.circleCheck}
        isPressed={state === 'labelled'}
      />
      <Separator />
      <CommandButton commandId="image.previous" icon={ICONS.chevronLeft} />
      <CommandButton commandId="image.next" icon={ICONS.chevronRight} />
      <Separator />
      <CommandButton
        commandId="inspector.toggle"
        icon={ICONS.panelRight}
        isPressed={rails.inspector.isOpen}
        isQuiet
      />
    </div>
  );
}

function Separator() {
  return <span className={styles.separator} aria-hidden />;
}
