import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import { imagePoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, KeyInput } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';
import { verticesMovedBy } from '../../editor/operations/move-vertices';
import { setJointVisibility, visibilityOfKey } from '../../editor/operations/set-joint-visibility';
import { isSameVertex, type PlacedVertex, verticesOf } from '../../editor/operations/shape-vertices';
import { steppedFrom } from '../parts/keyboard-cursor';
import type { Outcome, ToolState } from '../tool';
import { insertVertex } from './inserting-vertex';
import { pointing } from './pointing';

const TAKEN: ReadonlySet<string> = new Set(['Tab', 'Insert', 'Delete', 'Backspace', 'Home', 'End']);

/**
 * The outline of the one selected object by keyboard: Tab goes from point to point, arrows move it (1 px, Shift 10,
 * Ctrl 50, Alt 0.1), Insert adds one behind it, Delete removes it, 0, 1 and 2 say how a joint is seen, Escape and Enter
 * leave. Each is a change of its own that can be taken back.
 */
export function editingVertices(editor: Editor): ToolState {
  let isHandedOver = false;
  const only = onlySelected(editor);
  return {
    id: 'editing-vertices',
    cursor: () => 'default',
    onEnter(target) {
      const current = currentVertex(target);
      if (current === null) return;
      choose(target, current.vertex);
      target.announce(
        `Points of the outline. ${described(current)}. Tab goes to the next, arrows move it, Insert adds one, Delete removes it, Escape leaves.`,
      );
    },
    takesKey: (target, event) =>
      isSame(target, only) &&
      (TAKEN.has(event.key) || event.key.startsWith('Arrow') || isVisibilityKey(target, event)),
    onPointerDown(target, event) {
      if (event.button !== 'primary') return 'ignored';
      // The pointer goes on with the points that are chosen.
      isHandedOver = true;
      return pointing(target, event);
    },
    onKeyDown(target, event): Outcome {
      if (!isSame(target, only)) return 'done';
      return onKey(target, event);
    },
    onExit(target) {
      if (!isHandedOver) target.selectVertices([]);
    },
  };
}

interface Current {
  readonly annotation: Annotation;
  readonly all: readonly PlacedVertex[];
  readonly place: number;
  readonly vertex: PlacedVertex;
}

function isSame(editor: Editor, only: Annotation | null): boolean {
  return only !== null && onlySelected(editor)?.id === only.id;
}

function isVisibilityKey(editor: Editor, event: KeyInput): boolean {
  return visibilityOfKey(event.key) !== null && onlySelected(editor)?.shape.type === 'skeleton';
}

/** The chosen vertex, or the first one when none is. */
function currentVertex(editor: Editor): Current | null {
  const annotation = onlySelected(editor);
  if (annotation === null) return null;
  const all = verticesOf(annotation.shape);
  const chosen = editor.session.selectedVertices[0];
  const found = chosen === undefined ? -1 : all.findIndex((one) => isSameVertex(one, chosen));
  const place = Math.max(found, 0);
  const vertex = all[place];
  return vertex === undefined ? null : { annotation, all, place, vertex };
}

function choose(editor: Editor, { ring, index }: PlacedVertex): void {
  editor.selectVertices([{ ring, index }]);
}

function onKey(editor: Editor, event: KeyInput): Outcome {
  const current = currentVertex(editor);
  if (current === null || event.key === 'Enter') return 'done';
  const visibility = visibilityOfKey(event.key);
  if (visibility !== null && setJointVisibility(editor, visibility)) return 'stay';
  switch (event.key) {
    case 'Tab':
      goTo(editor, current, current.place + (event.shift ? -1 : 1));
      return 'stay';
    case 'Home':
      goTo(editor, current, 0);
      return 'stay';
    case 'End':
      goTo(editor, current, -1);
      return 'stay';
    case 'Insert':
      insertBehind(editor, current);
      return 'stay';
    case 'Delete':
    case 'Backspace':
      return removeCurrent(editor, current);
    default:
      return moveCurrent(editor, current, event);
  }
}

function goTo(editor: Editor, { all }: Current, place: number): void {
  const vertex = all[(place + all.length) % all.length];
  if (vertex === undefined) return;
  choose(editor, vertex);
  announceCurrent(editor);
}

function moveCurrent(editor: Editor, { annotation, vertex }: Current, event: KeyInput): Outcome {
  const to = steppedFrom(editor, vertex.at, event);
  if (to === null) return 'ignored';
  const step = { dx: to.x - vertex.at.x, dy: to.y - vertex.at.y };
  const vertices = editor.session.selectedVertices;
  editor.perform(reshapeAnnotations, verticesMovedBy(editor, { annotation, vertices }, step));
  announceCurrent(editor);
  return 'stay';
}

function insertBehind(editor: Editor, { annotation, vertex }: Current): void {
  const behaviour = behaviourOf(annotation.shape);
  const ring = behaviour.outline(annotation.shape)[vertex.ring];
  if (behaviour.vertices === undefined || ring === undefined) {
    editor.setHint('This shape has a fixed number of points.');
    return;
  }
  const isLast = vertex.index === ring.points.length - 1;
  const next = ring.points[isLast ? (ring.isClosed ? 0 : vertex.index - 1) : vertex.index + 1];
  // Behind the end of a line it goes on as the line came; beside a single point a few px further.
  const at =
    next === undefined
      ? imagePoint(vertex.at.x + 10, vertex.at.y)
      : isLast && !ring.isClosed
        ? imagePoint(vertex.at.x + (vertex.at.x - next.x) / 2, vertex.at.y + (vertex.at.y - next.y) / 2)
        : imagePoint((vertex.at.x + next.x) / 2, (vertex.at.y + next.y) / 2);
  const { ring: number, index } = vertex;
  if (insertVertex(editor, { annotation, after: { ring: number, index }, at }, at)) announceCurrent(editor);
}

function removeCurrent(editor: Editor, { annotation, place }: Current): Outcome {
  const { shape, id } = annotation;
  if (shape.type === 'skeleton') {
    setJointVisibility(editor, 0);
    return 'stay';
  }
  const editing = behaviourOf(shape).vertices;
  if (editing === undefined) {
    editor.setHint('This shape has a fixed number of points.');
    return 'stay';
  }
  const left = editing.removed(shape, editor.session.selectedVertices);
  if (left === null) return editor.perform(deleteAnnotations, { ids: [id] }) ? 'done' : 'stay';
  if (!editor.perform(reshapeAnnotations, { edits: [{ id, shape: left }] })) return 'stay';
  const all = verticesOf(left);
  const next = all[Math.min(place, all.length - 1)];
  if (next === undefined) return 'done';
  choose(editor, next);
  announceCurrent(editor);
  return 'stay';
}

function announceCurrent(editor: Editor): void {
  const current = currentVertex(editor);
  if (current !== null) editor.announce(described(current));
}

function described({ annotation, all, place, vertex }: Current): string {
  const { shape } = annotation;
  const name = shape.type === 'skeleton' ? `, ${shape.joints[vertex.index]?.name ?? ''}` : '';
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return `Point ${place + 1} of ${all.length}${name} at ${tenths(vertex.at.x)}, ${tenths(vertex.at.y)}`;
}
