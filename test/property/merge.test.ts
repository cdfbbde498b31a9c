import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MergedImage,
  type MergeInput,
  mergeReturn,
  type ReturnedImage,
  withChoice,
} from '../../shared/merge/merge-return';
import { mergeReviews } from '../../shared/merge/merge-reviews';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { ReviewEvent } from '../../shared/schema/review';
import { testId } from '../harness/annotations';
import { documentArbitrary } from '../harness/document-arbitrary';
import { afterEdits, editHistory, objectOf } from '../harness/edited-copies';

const ME = { id: null, name: 'Lead' };

const baseArbitrary = documentArbitrary.map(
  ({ annotations, status }): MergeInput => ({ annotations: [...annotations.values()], status }),
);

/** A base, what was done to it here, and what two to four people did to their copies of it. */
const apart = fc
  .record({
    base: baseArbitrary,
    here: editHistory,
    there: fc.array(editHistory, { minLength: 2, maxLength: 4 }),
    later: editHistory,
  })
  .map(({ base, here, there, later }) => ({
    base,
    own: afterEdits(base, here, 0),
    returns: there.map(
      (edits, n): ReturnedImage => ({
        packageId: testId(920_000 + n),
        number: 1,
        by: { id: null, name: `Person ${n + 1}` },
        base,
        theirs: afterEdits(base, edits, n + 1),
      }),
    ),
    later,
  }));

function merged(own: MergeInput, returns: readonly ReturnedImage[], before?: MergedImage): MergedImage {
  let image: MergedImage = before ?? { result: own, conflicts: [], memory: null };
  for (const incoming of returns) image = mergeReturn(image.memory, image.result, incoming, ME);
  return image;
}

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, at) =>
    orders([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}

/** What a person sees and is asked. */
const seen = ({ result, conflicts }: MergedImage) => ({ result, conflicts });

describe('merging what comes back', () => {
  it('does not depend on the order in which it comes', () => {
    fc.assert(
      fc.property(apart, ({ own, returns }) => {
        const [first, ...others] = orders(returns).map((order) => merged(own, order));
        for (const other of others) expect(other).toEqual(first);
      }),
    );
  });

  it('does not depend on the order of those that come after an edit between merges', () => {
    fc.assert(
      fc.property(apart, ({ own, returns: [earlier, ...rest], later }) => {
        if (earlier === undefined) return;
        const first = merged(own, [earlier]);
        const edited = { ...first, result: afterEdits(first.result, later, 9) };
        const [one, ...others] = orders(rest).map((order) => merged(own, order, edited));
        for (const other of others) expect(seen(other)).toEqual(seen(one as MergedImage));
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(apart, ({ own, returns }) => {
        const once = merged(own, returns);
        for (const again of returns) expect(merged(own, [again], once)).toEqual(once);
      }),
    );
  });

  it('changes nothing the second time, also after edits here', () => {
    fc.assert(
      fc.property(apart, ({ own, returns, later }) => {
        const once = merged(own, returns);
        const edited = { ...once, result: afterEdits(once.result, later, 9) };
        for (const again of returns) {
          expect(merged(own, [again], edited).result).toEqual(edited.result);
        }
      }),
    );
  });

  it('changes nothing when nothing was done there', () => {
    fc.assert(
      fc.property(apart, ({ base, own, returns, later }) => {
        const idle: ReturnedImage = {
          packageId: testId(929_999),
          number: 1,
          by: ME,
          base,
          theirs: base,
        };
        expect(merged(own, [idle])).toEqual({ result: own, conflicts: [], memory: null });
        const once = merged(own, returns);
        const edited = afterEdits(once.result, later, 9);
        expect(merged(own, [idle], { ...once, result: edited }).result).toEqual(edited);
      }),
    );
  });

  it('asks nothing when both sides did the same', () => {
    fc.assert(
      fc.property(apart, ({ own, base, returns: [one] }) => {
        if (one === undefined) return;
        const same = merged(own, [{ ...one, theirs: own }]);
        expect(seen(same)).toEqual({ result: own, conflicts: [] });
        expect(base).toBe(one.base);
      }),
    );
  });

  it('takes the only side that changed anything, exactly', () => {
    fc.assert(
      fc.property(apart, ({ base, returns: [one] }) => {
        if (one === undefined) return;
        const { result, conflicts } = merged(base, [one]);
        expect(conflicts).toEqual([]);
        expect(sorted(result).map(told)).toEqual(sorted(one.theirs).map(told));
        // An object that was changed and changed back is the record that was here.
        for (const id of changedIds(base, one.theirs)) {
          expect(objectOf(result, id)).toEqual(objectOf(one.theirs, id));
        }
        expect(result.status.state).toBe(one.theirs.status.state);
      }),
    );
  });

  it('loses no object of any side', () => {
    fc.assert(
      fc.property(apart, ({ base, own, returns }) => {
        const { result, conflicts } = merged(own, returns);
        for (const { theirs } of [{ theirs: own }, ...returns]) {
          for (const id of changedIds(base, theirs)) {
            const conflict = conflicts.find(({ annotationId }) => annotationId === id);
            const side = objectOf(theirs, id);
            if (conflict !== undefined) {
              expect(conflict.base).toEqual(objectOf(base, id));
              expect(conflict.sides.map(({ annotation }) => annotation)).toContainEqual(side);
            } else {
              expectChanges(objectOf(base, id), side, objectOf(result, id));
            }
          }
        }
      }),
    );
  });

  it('shows the own side of what is in conflict', () => {
    fc.assert(
      fc.property(apart, ({ own, returns }) => {
        const { result, conflicts } = merged(own, returns);
        for (const { annotationId } of conflicts) {
          expect(objectOf(result, annotationId)).toEqual(objectOf(own, annotationId));
        }
      }),
    );
  });

  it('keeps what was edited here between merges, or asks', () => {
    fc.assert(
      fc.property(apart, ({ own, returns: [earlier, ...rest], later }) => {
        if (earlier === undefined) return;
        const first = merged(own, [earlier]);
        const edited = afterEdits(first.result, later, 9);
        const last = merged(own, rest, { ...first, result: edited });
        for (const id of changedIds(first.result, edited)) {
          const isAsked = last.conflicts.some(({ annotationId }) => annotationId === id);
          const [here, there] = [objectOf(edited, id), objectOf(last.result, id)];
          if (isAsked) expect(there).toEqual(here);
          else expectChanges(objectOf(first.result, id), here, there);
        }
      }),
    );
  });

  it('asks once: a choice holds against the same returns', () => {
    fc.assert(
      fc.property(apart, ({ own, returns }) => {
        const once = merged(own, returns);
        const [open] = once.conflicts;
        if (open === undefined || once.memory === null) return;
        const chosen = open.sides.at(-1)?.annotation ?? null;
        const result = {
          ...once.result,
          annotations: [
            ...once.result.annotations.filter(({ id }) => id !== open.annotationId),
            ...(chosen === null ? [] : [chosen]),
          ],
        };
        const memory = withChoice(once.memory, open.annotationId, chosen);
        const again = merged(own, returns, { result, conflicts: [], memory });
        expect(objectOf(again.result, open.annotationId)).toEqual(chosen);
        expect(again.conflicts).toEqual(once.conflicts.slice(1));
      }),
    );
  });

  it('takes the newest of several returns of a package, whichever comes first', () => {
    fc.assert(
      fc.property(apart, editHistory, ({ own, returns: [early, ...rest] }, more) => {
        if (early === undefined) return;
        const late = { ...early, number: 2, theirs: afterEdits(early.theirs, more, 8) };
        const expected = merged(own, [...rest, late]);
        expect(seen(merged(own, [early, ...rest, late]))).toEqual(seen(expected));
        if (expected.memory?.returns.some(({ packageId }) => packageId === late.packageId) === true) {
          expect(seen(merged(own, [late, early, ...rest]))).toEqual(seen(expected));
        }
      }),
    );
  });
});

describe('merging review events', () => {
  const event = fc.record({ n: fc.nat(12), day: fc.integer({ min: 1, max: 9 }) }).map(
    ({ n }): ReviewEvent => ({
      kind: 'started',
      id: testId(930_000 + n),
      at: `2026-01-0${1 + (n % 9)}T00:00:00.000Z`,
      by: 'A',
      personId: null,
    }),
  );

  it('has each once, oldest first, in any order and however often', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), fc.array(event), (a, b, c) => {
        const all = mergeReviews(a, b, c);
        expect(mergeReviews(c, a, b)).toEqual(all);
        expect(mergeReviews(mergeReviews(a, b), c, b)).toEqual(all);
        expect(new Set(all.map(({ id }) => id))).toEqual(new Set([...a, ...b, ...c].map(({ id }) => id)));
        const times = all.map(({ at }) => at);
        expect([...times].sort()).toEqual(times);
      }),
    );
  });
});

function sorted({ annotations }: MergeInput): readonly Annotation[] {
  return [...annotations].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const told = (one: Annotation) => [one.id, content(one)];

function content(one: Annotation | null): Record<string, unknown> | null {
  if (one === null) return null;
  const { revision: _, updatedAt: __, id: ___, attributes, ...rest } = one;
  const answers = Object.entries(attributes).map(([id, answer]) => [`answer ${id}`, answer] as const);
  return { ...rest, ...Object.fromEntries(answers) };
}

function changedIds(before: MergeInput, after: MergeInput): readonly AnnotationId[] {
  const ids = new Set([...before.annotations, ...after.annotations].map(({ id }) => id));
  return [...ids].filter(
    (id) => JSON.stringify(content(objectOf(before, id))) !== JSON.stringify(content(objectOf(after, id))),
  );
}

/** Every change from `before` to `after` must be in `result`. */
function expectChanges(before: Annotation | null, after: Annotation | null, result: Annotation | null): void {
  const [was, is, has] = [content(before), content(after), content(result)];
  if (is === null) {
    expect(has).toBeNull();
    return;
  }
  expect(has).not.toBeNull();
  for (const name of new Set([...Object.keys(was ?? {}), ...Object.keys(is)])) {
    if (JSON.stringify(was?.[name]) !== JSON.stringify(is[name])) expect(has?.[name]).toEqual(is[name]);
  }
}
