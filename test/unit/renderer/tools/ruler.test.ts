import { expect, it } from 'vitest';
import { openTestEditor } from '../../../harness/test-editor';

const measure = (test: Awaited<ReturnType<typeof openTestEditor>>) => test.editor.session.preview?.measure;

it('measures by drag and stays until Escape, without touching the document', async () => {
  const test = await openTestEditor();
  test.tool('ruler').drag([100, 100], [130, 140]);
  expect(measure(test)).toBe('50.0 px · 30.0 × 40.0 · 53.1°');
  test.move(300, 300);
  expect(measure(test)).toBe('50.0 px · 30.0 × 40.0 · 53.1°');
  expect(test.state()).toBe('ruler/showing');
  test.key('Escape');
  expect(test.editor.session.preview).toBeNull();
  expect(test.editor.canUndo).toBe(false);
});

it('measures by two clicks, with Shift in steps of 15°', async () => {
  const test = await openTestEditor();
  test.tool('ruler').click(100, 100).move(200, 104, { shift: true });
  expect(measure(test)).toBe('100.0 px · 100.0 × 0.0 · 0.0°');
  test.click(200, 104, { shift: true });
  expect(test.state()).toBe('ruler/showing');
  expect(test.editor.session.preview?.lines).toEqual([
    {
      kind: 'ruler',
      points: [
        { x: 100, y: 100 },
        { x: 200, y: 100 },
      ],
      isClosed: false,
    },
  ]);
});

it('measures by keyboard', async () => {
  const test = await openTestEditor();
  test.tool('ruler').move(100, 100).key('Enter').key('Enter');
  test.key('ArrowRight', { control: true }).key('ArrowUp', { shift: true }).key('Enter');
  expect(measure(test)).toBe('51.0 px · 50.0 × 10.0 · -11.3°');
  expect(test.editor.session.announcement).toBe('51.0 px · 50.0 × 10.0 · -11.3°');
});
