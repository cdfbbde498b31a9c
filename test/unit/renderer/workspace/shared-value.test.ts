import { expect, test } from 'vitest';
import { sharedValue } from '../../../../renderer/workspace/inspector/shared-value';

test('one answer for all is the same; a difference anywhere is mixed', () => {
  expect(sharedValue([{ a: 1 }, { a: 1 }], (item) => item.a)).toEqual({ kind: 'same', value: 1 });
  expect(sharedValue([{ a: 1 }, { a: 1 }, { a: 2 }], (item) => item.a)).toEqual({ kind: 'mixed' });
});

test('no answer differs from an answer', () => {
  expect(sharedValue([null, false], (item) => item)).toEqual({ kind: 'mixed' });
});
