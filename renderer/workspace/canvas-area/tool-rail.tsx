import {
  Eraser,
  Hand,
  Lasso,
  type LucideIcon,
  MousePointer2,
  Ruler,
  Slice,
  WandSparkles,
} from 'lucide-react';
import { Fragment, type KeyboardEvent, type ReactNode } from 'react';
import { useServices } from '../../app/services';
import { CommandButton } from '../../components/command-button';
import { SHAPE_ICONS } from '../shape-icons';
import { useEditorValue } from '../use-editor-value';
import styles from './tool-rail.module.css';

const iconOf = (Icon: LucideIcon) => <Icon size={16} />;
const TAG_ICON = iconOf(SHAPE_ICONS.tag);

const GROUPS: readonly (readonly { readonly commandId: string; readonly icon: ReactNode }[])[] = [
  [
    { commandId: 'tool.select', icon: iconOf(MousePointer2) },
    { commandId: 'tool.pan', icon: iconOf(Hand) },
  ],
  [
    { commandId: 'tool.box', icon: iconOf(SHAPE_ICONS.box) },
    { commandId: 'tool.rotatedBox', icon: iconOf(SHAPE_ICONS['rotated-box']) },
    { commandId: 'tool.ellipse', icon: iconOf(SHAPE_ICONS.ellipse) },
    { commandId: 'tool.cuboid', icon: iconOf(SHAPE_ICONS.cuboid) },
  ],
  [
    { commandId: 'tool.polygon', icon: iconOf(SHAPE_ICONS.polygon) },
    { commandId: 'tool.polyline', icon: iconOf(SHAPE_ICONS.polyline) },
    { commandId: 'tool.scissors', icon: iconOf(Lasso) },
  ],
  [
    { commandId: 'tool.points', icon: iconOf(SHAPE_ICONS.points) },
    { commandId: 'tool.skeleton', icon: iconOf(SHAPE_ICONS.skeleton) },
  ],
  [
    { commandId: 'tool.brush', icon: iconOf(SHAPE_ICONS.mask) },
    { commandId: 'tool.eraser', icon: iconOf(Eraser) },
    { commandId: 'tool.wand', icon: iconOf(WandSparkles) },
  ],
  [
    { commandId: 'tool.cut', icon: iconOf(Slice) },
    { commandId: 'tool.ruler', icon: iconOf(Ruler) },
  ],
];

/** Every tool, grouped by what it draws. One stop of Tab; arrows lead from tool to tool. */
export function ToolRail() {
  const { commands } = useServices();
  const toolId = useEditorValue((one) => one.session.toolId);
  const isErasing = useEditorValue((one) => one.session.toolOptions.brushMode === 'erase');
  // Decides which tools are available, though nothing of it is shown.
  useEditorValue((one) => one.document);
  const pressed = commandOfTool(toolId, isErasing);
  const groups = GROUPS.map((tools) => tools.filter(({ commandId }) => commands.get(commandId) !== null));
  return (
    <div
      className={styles.rail}
      role="toolbar"
      aria-label="Tools"
      aria-orientation="vertical"
      data-region="tools"
      onKeyDown={moveFocus}
    >
      {groups.map((tools, index) => (
        <Fragment key={tools[0]?.commandId ?? index}>
          {index > 0 && tools.length > 0 && <span className={styles.separator} aria-hidden />}
          {tools.map(({ commandId, icon }) => (
            <CommandButton
              key={commandId}
              commandId={commandId}
              icon={icon}
              isPressed={commandId === pressed}
              tabIndex={commandId === pressed ? 0 : -1}
            />
          ))}
        </Fragment>
      ))}
      <span className={styles.separator} aria-hidden />
      <CommandButton commandId="annotation.tag" icon={TAG_ICON} tabIndex={-1} />
    </div>
  );
}

/** Brush and eraser are one tool in two modes, and two buttons. */
function commandOfTool(toolId: string, isErasing: boolean): string {
  if (toolId === 'brush') return isErasing ? 'tool.eraser' : 'tool.brush';
  return `tool.${toolId.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? buttons.indexOf(focused) : -1;
  const last = buttons.length - 1;
  const target = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  buttons[target]?.focus();
}
