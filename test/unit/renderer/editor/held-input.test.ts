import { expect, it } from 'vitest';
import type { InputEvent } from '../../../../renderer/editor/editor';
import { createHeldInput } from '../../../../renderer/editor/held-input';
import { screenPoint } from '../../../../shared/geometry/point';
import { OTHER_IMAGE_ID, openTestEditor } from '../../../harness/test-editor';

const NONE = { shift: false, alt: false, control: false };
const key = (name: string): InputEvent => ({ type: 'keyDown', key: name, isRepeat: false, ...NONE });
const press: InputEvent = { type: 'pointerDown', screen: screenPoint(10, 10), button: 'primary', ...NONE };
const wheel: InputEvent = { type: 'wheel', screen: screenPoint(1, 1), deltaX: 0, deltaY: 10, ...NONE };

function held() {
  const heard: InputEvent[] = [];
  const hints: string[] = [];
  const input = createHeldInput(
    (event) => {
      heard.push(event);
      return true;
    },
    (reason) => hints.push(reason),
  );
  return { input, heard, hints };
}

it('keys wait for the picture that comes, in their order', () => {
  const { input, heard } = held();
  input.hold();
  expect(input.dispatch(key('Enter'))).toBe(true);
  expect(input.dispatch(key('ArrowLeft'))).toBe(true);
  expect(heard).toEqual([]);
  input.release(true);
  expect(heard).toEqual([key('Enter'), key('ArrowLeft')]);
});

it('keys for a picture that did not come are dropped', () => {
  const { input, heard } = held();
  input.hold();
  input.dispatch(key('Enter'));
  input.release(false);
  expect(heard).toEqual([]);
  input.dispatch(key('q'));
  expect(heard).toEqual([key('q')]);
});

it('a press is refused with the reason; looking about goes on', () => {
  const { input, heard, hints } = held();
  input.hold();
  expect(input.dispatch(press)).toBe(true);
  expect(input.dispatch(wheel)).toBe(true);
  expect(input.dispatch(key(' '))).toBe(true);
  expect(heard).toEqual([wheel, key(' ')]);
  expect(hints).toHaveLength(1);
  expect(hints[0]).toMatch(/on its way/);
});

it('a box typed while the next picture loads is drawn on that picture', async () => {
  const test = await openTestEditor();
  test.tool('box');
  const opening = test.editor.open(OTHER_IMAGE_ID, { width: 640, height: 480 });
  test.key('Enter').key('Enter');
  for (let step = 0; step < 3; step += 1)
    test.key('ArrowRight', { control: true }).key('ArrowDown', { shift: true });
  test.key('Enter');
  expect(test.objects()).toEqual([]);
  expect((await opening).ok).toBe(true);
  expect(test.editor.document?.imageId).toBe(OTHER_IMAGE_ID);
  expect(test.objects()).toHaveLength(1);
  expect(test.objects()[0]?.shape).toMatchObject({ type: 'box', width: 150, height: 30 });
});
