import { expect, it } from 'vitest';
import { PERSON } from '../../../harness/label-schema';
import { openWithEveryShape } from '../../../harness/tool-gestures';

const joint = (name: string, x: number, y: number) => ({ name, x, y, visibility: 2 });
const edges = [
  [0, 1],
  [0, 2],
];

it('lays the template of the label into the rectangle, every joint seen', async () => {
  const test = await openWithEveryShape();
  test.tool('skeleton').drag([400, 300], [460, 400]);
  expect(test.shapes().at(-1)).toEqual({
    type: 'skeleton',
    joints: [joint('head', 430, 300), joint('left foot', 400, 400), joint('right foot', 460, 400)],
    edges,
  });
});

it('says before drawing that a label has no skeleton', async () => {
  const test = await openWithEveryShape();
  test.tool('skeleton').editor.setActiveLabel(PERSON.id);
  const before = test.objects().length;
  test.drag([400, 300], [460, 400]);
  expect(test.hint()).toBe(
    'Person has no skeleton. Draw one for it in the label schema, or choose another label.',
  );
  test.key('Enter');
  expect(test.state()).toBe('skeleton/idle');
  expect(test.objects()).toHaveLength(before);
});

it('is placed wholly by keyboard', async () => {
  const test = await openWithEveryShape();
  test.tool('skeleton').move(400, 300).key('Enter').key('Enter');
  test.key('ArrowRight', { control: true }).key('ArrowDown', { shift: true }).key('Enter');
  expect(test.shapes().at(-1)).toEqual({
    type: 'skeleton',
    joints: [joint('head', 425, 300), joint('left foot', 400, 310), joint('right foot', 450, 310)],
    edges,
  });
});
