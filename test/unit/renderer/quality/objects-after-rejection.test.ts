import { expect, test } from 'vitest';
import { objectsAfterRejection } from '../../../../renderer/quality/time/objects-after-rejection';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { ChangeRecord } from '../../../../shared/schema/change';
import type { ReviewEvent } from '../../../../shared/schema/review';

const at = (minute: number) => `2026-11-30T08:${String(minute).padStart(2, '0')}:00.000Z`;

/** A box that is told by its place; saved for the n-th time. */
const box = (id: string, x: number, revision = 0) =>
  ({
    id,
    labelId: 'car',
    shape: { type: 'box', x, y: 0, width: 10, height: 10 },
    revision,
    updatedAt: at(revision),
  }) as unknown as Annotation;

interface Part {
  readonly added?: readonly Annotation[];
  readonly updated?: readonly (readonly [Annotation, Annotation])[];
  readonly removed?: readonly Annotation[];
}

const line = (minute: number, part: Part) =>
  ({
    seq: minute,
    at: at(minute),
    body: { kind: 'annotations', added: [], updated: [], removed: [], order: null, status: null, ...part },
  }) as unknown as ChangeRecord;

const event = (minute: number, deed: object) =>
  ({ id: `event ${minute}`, at: at(minute), ...deed }) as unknown as ReviewEvent;
const submitted = (minute: number) => event(minute, { kind: 'submitted' });
const rejected = (minute: number) => event(minute, { kind: 'judged', verdict: 'rejected' });

/** Before minute 10 everything is drawn; it is rejected then, mended until 20, rejected again at 30 and mended since. */
const EVENTS = [submitted(5), rejected(10), submitted(20), rejected(30)];
const LINES = [
  line(1, { added: [box('a', 0), box('b', 50), box('c', 100), box('e', 300)] }),
  // After the first rejection: one moved twice, one moved there and back, one deleted, one new, one drawn and deleted.
  line(11, { updated: [[box('a', 0), box('a', 3, 1)]] }),
  line(12, { updated: [[box('a', 3, 1), box('a', 5, 2)]] }),
  line(13, { updated: [[box('b', 50), box('b', 60, 1)]] }),
  line(14, { updated: [[box('b', 60, 1), box('b', 50, 2)]] }),
  line(15, { removed: [box('c', 100)] }),
  line(16, { added: [box('d', 200), box('f', 400)] }),
  line(17, { removed: [box('f', 400)] }),
  // While it waits for review a reviewer mends one, which is no rework of whoever handed it in.
  line(25, { updated: [[box('e', 300), box('e', 310, 1)]] }),
  // After the second rejection, not handed in again yet: one that was mended before is mended once more.
  line(31, { updated: [[box('a', 5, 2), box('a', 6, 3)]] }),
];

test('objects that differ after a rejection count once for it', () => {
  // a, c and d after the first, a after the second.
  expect(objectsAfterRejection(EVENTS, LINES)).toBe(4);
  expect(objectsAfterRejection(EVENTS, [...LINES].reverse())).toBe(4);
  expect(objectsAfterRejection(EVENTS.slice(0, 3), LINES)).toBe(3);
});

test('what was accepted, or whose rejection was taken back, was not reworked', () => {
  expect(
    objectsAfterRejection([submitted(5), event(10, { kind: 'judged', verdict: 'accepted' })], LINES),
  ).toBe(0);
  const takenBack = event(10, { kind: 'retracted', eventId: 'event 10' });
  expect(objectsAfterRejection([submitted(5), rejected(10), takenBack], LINES)).toBe(0);
});
