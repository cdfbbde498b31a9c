import type { AnnotationId } from '../../../shared/schema/ids';
import { behaviourOf } from '../../../shared/shapes';
import { ROTATE_HANDLE_ID } from '../../../shared/shapes/rotate-handle';
import type { Editor, PointerInput } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';
import { isSameVertex } from '../../editor/operations/shape-vertices';
import { isDrag } from '../drag-distance';
import { pointed } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { edgeAt, type GrabbedEdge, midpointAt } from './edge-at';
import { type Grabbed, handleAt } from './handle-at';
import { insertingVertex, insertVertex } from './inserting-vertex';
import { lassoing } from './lassoing';
import { marquee } from './marquee';
import { movingVertices } from './moving-vertices';
import { pickingVertices } from './picking-vertices';
import { resizing } from './resizing';
import { scaling } from './scaling';
import { clickedInStack } from './stacked-click';
import { translating } from './translating';
import { turning } from './turning';

/** What a press is on. */
interface Pressed {
  /** Everything under the pointer, what is meant most first. */
  readonly stack: readonly AnnotationId[];
  readonly grabbed: Grabbed | null;
  /** An edge that a drag pulls a new vertex out of: at its grip, or anywhere with Alt. */
  readonly edge: GrabbedEdge | null;
}

/** The button is down and it is not yet known whether this is a click or a drag. */
export function pointing(editor: Editor, press: PointerInput): ToolState {
  const grabbed = handleAt(editor, press.screen);
  const pressed: Pressed = {
    stack: editor.hitAll(pointed(editor, press.screen)),
    grabbed,
    edge: grabbed === null ? grabbedEdge(editor, press) : null,
  };
  return {
    id: 'pointing',
    cursor: () => cursorFor(pressed),
    onPointerMove(target, event) {
      if (!isDrag(press.screen, event.screen)) return 'stay';
      return dragOf(target, press, pressed);
    },
    onPointerUp(target, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      click(target, press, pressed);
      return 'done';
    },
  };
}

function grabbedEdge(editor: Editor, press: PointerInput): GrabbedEdge | null {
  return press.alt ? edgeAt(editor, press.screen) : midpointAt(editor, press.screen);
}

function cursorFor({ stack, grabbed, edge }: Pressed): string {
  if (grabbed !== null) return grabbed.handle.cursor;
  if (edge !== null) return 'copy';
  return stack.length === 0 ? 'default' : 'move';
}

function dragOf(editor: Editor, press: PointerInput, { stack, grabbed, edge }: Pressed): ToolState {
  if (grabbed !== null) return dragOfGrip(editor, press, grabbed);
  if (edge !== null) return insertingVertex(edge);
  const only = onlySelected(editor);
  if (press.alt && only !== null && stack.includes(only.id) && hasVertices(editor, only.id)) {
    return pickingVertices(editor, press, only);
  }
  // What is already selected is dragged even where something else lies over it.
  const selected = stack.find((id) => editor.session.selection.has(id));
  const hit = selected ?? stack.find((id) => !isBackdrop(editor, id));
  if (hit === undefined) return press.alt ? lassoing(editor, press) : marquee(editor, press);
  if (selected === undefined) {
    editor.select(press.shift ? [...editor.session.selection, hit] : [hit]);
  }
  return translating(editor, press);
}

function dragOfGrip(editor: Editor, press: PointerInput, grabbed: Grabbed): ToolState {
  switch (grabbed.kind) {
    case 'frame':
      return grabbed.handle.id === ROTATE_HANDLE_ID
        ? turning(editor, press, grabbed.frame)
        : scaling(press, grabbed.frame, grabbed.handle);
    case 'vertex':
      return movingVertices(editor, press, { ...grabbed, at: grabbed.handle.at });
    case 'handle':
      return resizing(press, grabbed);
  }
}

/** Pinned objects lie under the others like the picture itself: a drag that begins on one draws a rectangle over it. */
function isBackdrop(editor: Editor, id: AnnotationId): boolean {
  return editor.document?.annotations.get(id)?.isPinned === true;
}

function hasVertices(editor: Editor, id: AnnotationId): boolean {
  const shape = editor.document?.annotations.get(id)?.shape;
  return shape !== undefined && behaviourOf(shape).vertices !== undefined;
}

function click(editor: Editor, press: PointerInput, { stack, grabbed, edge }: Pressed): void {
  if (grabbed !== null) {
    if (grabbed.kind === 'vertex') chooseVertex(editor, grabbed.vertex, press.shift || press.control);
    return;
  }
  if (edge !== null && press.alt) {
    insertVertex(editor, edge, edge.at);
    return;
  }
  if (!press.shift && !press.control) {
    const picked = clickedInStack(editor, press, stack);
    editor.select(picked === null ? [] : [picked]);
    editor.selectVertices([]);
    return;
  }
  const hit = stack[0];
  if (hit === undefined) return;
  const selection = new Set(editor.session.selection);
  if (!selection.delete(hit)) selection.add(hit);
  editor.select(selection);
}

function chooseVertex(
  editor: Editor,
  vertex: { readonly ring: number; readonly index: number },
  isAdding: boolean,
): void {
  const chosen = editor.session.selectedVertices;
  const others = chosen.filter((one) => !isSameVertex(one, vertex));
  const isTakenAway = isAdding && others.length < chosen.length;
  editor.selectVertices(isTakenAway ? others : isAdding ? [...others, vertex] : [vertex]);
}
