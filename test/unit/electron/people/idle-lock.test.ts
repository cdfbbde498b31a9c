import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createIdleLock, DEFAULT_IDLE_MINUTES } from '../../../../electron/people/idle-lock';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Nobody uses the window, unless the test says so. */
function watched() {
  let locks = 0;
  const lock = createIdleLock(() => {
    locks += 1;
    lock.stop();
  });
  return { lock, locks: () => locks };
}

const minutes = (count: number) => vi.advanceTimersByTime(count * 60_000);

it('locks after 15 minutes when the window has said nothing else', () => {
  const { lock, locks } = watched();
  expect(DEFAULT_IDLE_MINUTES).toBe(15);
  lock.start();
  minutes(14.9);
  expect(locks()).toBe(0);
  minutes(0.3);
  expect(locks()).toBe(1);
});

it('locks after the minutes that were set, never with 0, and not before a session begins', () => {
  const { lock, locks } = watched();
  minutes(60);
  expect(locks()).toBe(0);
  lock.start();
  lock.setMinutes(0);
  minutes(600);
  expect(locks()).toBe(0);
  lock.setMinutes(2);
  minutes(0.2);
  expect(locks()).toBe(1);
});

it('is put off by use, and a new session begins with the default', () => {
  const { lock, locks } = watched();
  lock.start();
  lock.setMinutes(1);
  for (let turn = 0; turn < 5; turn += 1) {
    minutes(0.9);
    lock.used();
  }
  expect(locks()).toBe(0);
  lock.start();
  minutes(14);
  expect(locks()).toBe(0);
  minutes(1.2);
  expect(locks()).toBe(1);
});
