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
        icon={<PanelLeft size={SIZE} />}
        isPressed={rails.images.isOpen}
        isQuiet
      />
      <Separator />
      <CommandButton commandId="edit.undo" icon={<Undo2 size={SIZE} />} />
      <CommandButton commandId="edit.redo" icon={<Redo2 size={SIZE} />} />
      <Separator />
      <CommandButton commandId="view.zoomOut" icon={<ZoomOut size={SIZE} />} />
      <CommandButton commandId="view.zoomIn" icon={<ZoomIn size={SIZE} />} />
      <CommandButton commandId="view.fit" icon={<Maximize size={SIZE} />} />
      <CommandButton
        commandId="view.display"
        icon={<SlidersHorizontal size={SIZE} />}
        isPressed={isDisplayPanelOpen}
        isQuiet
      />
      <span className={styles.imageName} title={image?.key}>
        {image?.key.slice(image.key.lastIndexOf('/') + 1) ?? ''}
      </span>
      <CommandButton
        commandId="image.confirmEmpty"
        icon={<CircleSlash size={SIZE} />}
        isPressed={state === 'confirmedEmpty'}
      />
      <CommandButton
        commandId="image.markLabelled"
        icon={<CircleCheck size={SIZE} />}
        isPressed={state === 'labelled'}
      />
      <Separator />
      <CommandButton commandId="image.previous" icon={<ChevronLeft size={SIZE} />} />
      <CommandButton commandId="image.next" icon={<ChevronRight size={SIZE} />} />
      <Separator />
      <CommandButton
        commandId="inspector.toggle"
        icon={<PanelRight size={SIZE} />}
        isPressed={rails.inspector.isOpen}
        isQuiet
      />
    </div>
  );
}

function Separator() {
  return <span className={styles.separator} aria-hidden />;
}
