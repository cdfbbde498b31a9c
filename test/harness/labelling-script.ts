import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { AnnotationId, LabelId } from '../../shared/schema/ids';

/** One step of scripted labelling, as data: the page carries it out through the app's own persistence. */
export type ScriptedEdit = { readonly image: number } & (
  | { readonly kind: 'create'; readonly annotation: Annotation }
  | { readonly kind: 'move'; readonly id: AnnotationId; readonly x: number; readonly y: number }
  | { readonly kind: 'relabel'; readonly id: AnnotationId; readonly labelId: LabelId }
  | { readonly kind: 'delete'; readonly id: AnnotationId }
  | { readonly kind: 'confirmEmpty' | 'undo' | 'redo' }
);

export interface ModelPicture {
  readonly annotations: readonly Annotation[];
  readonly state: ImageState;
}

/** What a labeller would expect to find: pictures as plain values, undo as a pile of earlier pictures. */
export interface ModelImage {
  readonly now: ModelPicture;
  readonly undo: readonly ModelPicture[];
  readonly redo: readonly ModelPicture[];
}

export const EMPTY_MODEL_IMAGE: ModelImage = {
  now: { annotations: [], state: 'unlabelled' },
  undo: [],
  redo: [],
};

/** Deeper piles are cut, here and only here: the journal of the app keeps everything. */
const DEEPEST_UNDO = 400;

/**
 * The model after an edit. Written without the app's own change sets and journal on purpose: it is what they are held
 * against.
 */
export function modelAfter(model: readonly ModelImage[], edit: ScriptedEdit): readonly ModelImage[] {
  return model.map((image, index) => (index === edit.image ? imageAfter(image, edit) : image));
}

function imageAfter(image: ModelImage, edit: ScriptedEdit): ModelImage {
  if (edit.kind === 'undo' || edit.kind === 'redo') {
    const [from, to] = edit.kind === 'undo' ? [image.undo, image.redo] : [image.redo, image.undo];
    const back = from.at(-1);
    if (back === undefined) throw new Error(`The script asked for ${edit.kind} where there is none.`);
    const rest = from.slice(0, -1);
    const pile = [...to, image.now];
    return edit.kind === 'undo'
      ? { now: back, undo: rest, redo: pile }
      : { now: back, undo: pile, redo: rest };
  }
  return {
    now: pictureAfter(image.now, edit),
    undo: [...image.undo, image.now].slice(-DEEPEST_UNDO),
    redo: [],
  };
}

function pictureAfter(picture: ModelPicture, edit: ScriptedEdit): ModelPicture {
  if (edit.kind === 'confirmEmpty') return { annotations: [], state: 'confirmedEmpty' };
  const annotations = annotationsAfter(picture.annotations, edit);
  return { annotations, state: annotations.length === 0 ? 'unlabelled' : 'inProgress' };
}

function annotationsAfter(annotations: readonly Annotation[], edit: ScriptedEdit): readonly Annotation[] {
  switch (edit.kind) {
    case 'create':
      return [...annotations, edit.annotation];
    case 'delete':
      return annotations.filter((one) => one.id !== edit.id);
    case 'move':
    case 'relabel':
      return annotations.map((one) => (one.id === edit.id ? edited(one, edit) : one));
    default:
      throw new Error(`${edit.kind} does not change annotations`);
  }
}

/** The annotation that a move or relabel leaves behind. */
export function edited(
  annotation: Annotation,
  edit: Extract<ScriptedEdit, { kind: 'move' | 'relabel' }>,
): Annotation {
  const revision = annotation.revision + 1;
  if (edit.kind === 'relabel') return { ...annotation, revision, labelId: edit.labelId };
  const { shape } = annotation;
  if (shape.type !== 'box') throw new Error('The script draws boxes only.');
  return { ...annotation, revision, shape: { ...shape, x: edit.x, y: edit.y } };
}

/** The next edit of a script: depends on nothing but the random numbers and the model, so both sides agree on it. */
export function nextEdit(
  random: () => number,
  model: readonly ModelImage[],
  labels: readonly LabelId[],
): ScriptedEdit {
  const image = pick(random, model.length);
  const current = model[image];
  if (current === undefined) throw new Error('The script needs an image.');
  const { annotations } = current.now;
  const labelId = labels[pick(random, labels.length)];
  const chosen = annotations[pick(random, Math.max(1, annotations.length))];
  const dice = random();
  const [x, y] = [Math.round(random() * 11_000) / 10, Math.round(random() * 6000) / 10];
  const id = uuidFrom(random) as AnnotationId;
  if (labelId === undefined) throw new Error('The script needs a label.');

  if (dice < 0.15 && current.undo.length > 0) return { image, kind: 'undo' };
  if (dice < 0.25 && current.redo.length > 0) return { image, kind: 'redo' };
  if (chosen === undefined) {
    if (dice < 0.4 && current.now.state === 'unlabelled') return { image, kind: 'confirmEmpty' };
  } else {
    if (dice < 0.45) return { image, kind: 'move', id: chosen.id, x, y };
    if (dice < 0.55) return { image, kind: 'relabel', id: chosen.id, labelId };
    // Pictures stay small enough for the model's piles; deleting wins when they have grown.
    if (dice < 0.65 || annotations.length > 60) return { image, kind: 'delete', id: chosen.id };
  }
  return { image, kind: 'create', annotation: boxAt(id, labelId, x, y) };
}

export function boxAt(id: AnnotationId, labelId: LabelId, x: number, y: number): Annotation {
  return {
    id,
    labelId,
    shape: { type: 'box', x, y, width: 40.5, height: 30 },
    attributes: {},
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'Script',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    revision: 0,
  };
}

function pick(random: () => number, count: number): number {
  return Math.floor(random() * count);
}

export function uuidFrom(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => pick(random, 16).toString(16));
  hex[12] = '4';
  hex[16] = '8';
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  );
}

/** Repeatable random numbers in [0, 1): mulberry32, 32 bits of state. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
