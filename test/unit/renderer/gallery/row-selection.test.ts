import { expect, it } from 'vitest';
import { createRowSelection } from '../../../../renderer/gallery/row-selection';

it('holds rows, far ones too, and tells of changes', () => {
  const selection = createRowSelection();
  let told = 0;
  selection.subscribe(() => {
    told += 1;
  });
  selection.set([3, 8, 1_999_999], true);
  selection.set([3, 3], true);
  expect(selection.size).toBe(3);
  expect([...selection.rows()]).toEqual([3, 8, 1_999_999]);
  selection.set([8, 77], false);
  expect(selection.has(8)).toBe(false);
  selection.replace([5]);
  expect([...selection.rows()]).toEqual([5]);
  selection.clear();
  selection.clear();
  expect(selection.size).toBe(0);
  expect(told).toBe(5);
});
