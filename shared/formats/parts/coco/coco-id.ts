import { isRecord } from '../json/json-values';

/** COCO ids are numbers by convention; some exporters write strings. */
export type CocoId = number | string;

/** Whole numbers without leading zeros, within what a number holds exactly. */
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** An id, null for what is none. `"7"` is 7: some exporters quote an id in one place and not in the other. */
export function cocoIdFrom(value: unknown): CocoId | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  return WHOLE_NUMBER.test(value) ? Number(value) : value;
}

/** An id of ours as other tools like it: a number where the text is one. `cocoIdFrom` and `String` give the text back. */
export function cocoIdOf(text: string): CocoId {
  return WHOLE_NUMBER.test(text) ? Number(text) : text;
}

export function imageIdOf(element: unknown): CocoId | null {
  return isRecord(element) ? cocoIdFrom(element.image_id) : null;
}

/** For a person; a hostile one may be long. */
export function shownId(id: CocoId): string {
  return String(id).slice(0, 100);
}
