import { distance, type ScreenPoint, screenPoint } from '../../shared/geometry/point';

/** One finger, pen or mouse as the browser reports it; places and sizes in screen px, times in ms. */
export interface Contact {
  readonly pointerId: number;
  readonly kind: 'mouse' | 'pen' | 'touch';
  readonly at: ScreenPoint;
  /** Of the patch that touches the glass; 1 for mice and most pens. */
  readonly width: number;
  readonly height: number;
  readonly time: number;
}

/** What two fingers did since they were last heard: where between them it was, how far apart they went and moved. */
export interface Pinch {
  readonly centre: ScreenPoint;
  readonly factor: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * What to do with a contact: let it act as the pointer, do nothing, end what the pointer is doing because a second finger
 * came, or move the camera.
 */
export type TouchVerdict = 'pointer' | 'ignore' | 'cancel' | Pinch;

export interface TouchGestures {
  down(contact: Contact): TouchVerdict;
  move(contact: Contact): TouchVerdict;
  up(contact: Pick<Contact, 'pointerId' | 'kind' | 'time'>): TouchVerdict;
}

/** A fingertip is 8 to 12 mm wide, 30 to 45 CSS px; what is wider is a palm. */
const WIDEST_FINGER_IN_SCREEN_PX = 60;

/** While a pen is near, a hand lies on the glass; it may stay this long after the pen was last heard. */
const PEN_REST_IN_MS = 800;

/**
 * Tells fingers from palms and one finger from two. One finger or pen acts as the pointer; a second finger ends that
 * without a trace and the two pan and zoom; after that nothing happens until all are lifted, so that the finger that
 * stays longer does not draw. Pressure is not asked for: a line is where the pen was, however hard.
 */
export function createTouchGestures(): TouchGestures {
  const fingers = new Map<number, ScreenPoint>();
  let drawing: number | null = null;
  let isPinching = false;
  let penHeardAt = Number.NEGATIVE_INFINITY;

  const isPalm = ({ width, height, time }: Contact) =>
    Math.max(width, height) > WIDEST_FINGER_IN_SCREEN_PX || time - penHeardAt < PEN_REST_IN_MS;

  function pinchFrom(before: readonly ScreenPoint[]): Pinch | 'ignore' {
    const [a, b] = before;
    const [c, d] = [...fingers.values()];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return 'ignore';
    const centre = middle(c, d);
    const was = middle(a, b);
    // Two fingers on one spot would zoom without end.
    const factor = Math.max(distance(c, d), 1) / Math.max(distance(a, b), 1);
    return { centre, factor, dx: centre.x - was.x, dy: centre.y - was.y };
  }

  return {
    down(contact) {
      if (contact.kind === 'mouse') return 'pointer';
      if (contact.kind === 'pen') {
        penHeardAt = contact.time;
        return 'pointer';
      }
      if (isPalm(contact) || fingers.size === 2 || (isPinching && fingers.size < 2)) return 'ignore';
      fingers.set(contact.pointerId, contact.at);
      if (fingers.size === 1) {
        drawing = contact.pointerId;
        return 'pointer';
      }
      isPinching = true;
      drawing = null;
      return 'cancel';
    },
    move(contact) {
      if (contact.kind === 'mouse') return 'pointer';
      if (contact.kind === 'pen') {
        penHeardAt = contact.time;
        return 'pointer';
      }
      if (!fingers.has(contact.pointerId)) return 'ignore';
      const before = [...fingers.values()];
      fingers.set(contact.pointerId, contact.at);
      if (fingers.size === 2) return pinchFrom(before);
      return drawing === contact.pointerId ? 'pointer' : 'ignore';
    },
    up({ pointerId, kind, time }) {
      if (kind === 'mouse') return 'pointer';
      if (kind === 'pen') {
        penHeardAt = time;
        return 'pointer';
      }
      if (!fingers.delete(pointerId)) return 'ignore';
      const wasDrawing = drawing === pointerId;
      if (wasDrawing) drawing = null;
      if (fingers.size === 0) isPinching = false;
      return wasDrawing ? 'pointer' : 'ignore';
    },
  };
}

function middle(a: ScreenPoint, b: ScreenPoint): ScreenPoint {
  return screenPoint((a.x + b.x) / 2, (a.y + b.y) / 2);
}
