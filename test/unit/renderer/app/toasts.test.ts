import { expect, test } from 'vitest';
import { createToasts } from '../../../../renderer/app/toasts';

function withClock() {
  const planned: { run: () => void; ms: number }[] = [];
  return { planned, toasts: createToasts((run, ms) => planned.push({ run, ms })) };
}

test('a toast goes by itself, one with an action later, an error never', () => {
  const { planned, toasts } = withClock();
  toasts.show({ message: 'Saved' });
  toasts.show({ message: 'Deleted', action: { label: 'Undo', run: () => undefined } });
  toasts.show({ message: 'Disk full', tone: 'error' });
  expect(planned.map(({ ms }) => ms)).toEqual([5000, 8000]);
  for (const { run } of planned) run();
  expect(toasts.shown.get().map(({ message }) => message)).toEqual(['Disk full']);
});

test('the oldest goes when there are too many', () => {
  const { toasts } = withClock();
  for (let count = 1; count <= 6; count += 1) toasts.show({ message: `toast ${count}` });
  expect(toasts.shown.get().map(({ message }) => message)).toEqual([
    'toast 3',
    'toast 4',
    'toast 5',
    'toast 6',
  ]);
});

test('what is said again is on screen once', () => {
  const { toasts } = withClock();
  for (const message of ['Select an object first.', 'Saved', 'Select an object first.'])
    toasts.show({ message });
  expect(toasts.shown.get().map(({ message }) => message)).toEqual(['Saved', 'Select an object first.']);
});

test('showing returns the way to close early', () => {
  const { toasts } = withClock();
  const close = toasts.show({ message: 'Working' });
  close();
  expect(toasts.shown.get()).toEqual([]);
});
