import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createIdleLock, DEFAULT_IDLE_MINUTES } from '../../../../electron/people/idle-lock';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Nobody touches the computer, unless `idle.since` is set to a later ms. */
function watched() {
  const idle = { since: Date.now() };
  let locks = 0;
  const lock = createIdleLock({
    systemIdleSeconds: () => (Date.now() - idle.since) / 1000,
    lock: () => {
      locks += 1;
      lock.stop();
    },
  });
  return { idle, lock, locks: () => locks };
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

it('is put off by input anywhere in the system and by keys in the window', () => {
  const { idle, lock, locks } = watched();
  lock.start();
  minutes(10);
  idle.since = Date.now();
  minutes(14);
  lock.used();
  minutes(14);
  expect(locks()).toBe(0);
  minutes(2);
  expect(locks()).toBe(1);
});
