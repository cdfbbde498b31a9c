import { expect, test } from 'vitest';
import { createActiveClock } from '../../../../renderer/activity/active-clock';
import { createWorkRecord, localDay } from '../../../../renderer/activity/work-record';
import type { ImageId, LabelId, ProjectId } from '../../../../shared/schema/ids';

test('pauses count up to the idle time and no further', () => {
  const clock = createActiveClock(() => 60_000);
  clock.start(0);
  clock.input(10_000);
  clock.input(40_000);
  // Away for ten minutes: a minute of it may have been thinking.
  clock.input(640_000);
  expect(clock.activeMs(640_000)).toBe(100_000);
  expect(clock.activeMs(650_000)).toBe(110_000);
  expect(clock.activeMs(9_000_000)).toBe(160_000);
});

test('nothing counts while the window is behind others', () => {
  const clock = createActiveClock(() => 60_000);
  clock.input(5_000);
  expect(clock.activeMs(6_000)).toBe(0);
  clock.start(10_000);
  clock.input(20_000);
  clock.stop(25_000);
  clock.input(30_000);
  expect(clock.activeMs(99_000)).toBe(15_000);
  clock.start(100_000);
  expect(clock.activeMs(101_000)).toBe(16_000);
});

test('work is added up by image and day, and handed over once', () => {
  const record = createWorkRecord();
  const place = { projectId: 'p' as ProjectId, imageId: 'i' as ImageId, day: '2026-11-30' };
  record.addTime(place, 1500, 'label');
  record.addTime({ ...place, day: '2026-12-01' }, 200, 'label');
  record.addTime(place, 500, 'label');
  record.addTime(place, 300, 'review');
  record.addTime(place, 400, 'review');
  record.addShapes(place, 'car' as LabelId, 1, 900);
  record.addShapes(place, 'car' as LabelId, 1, 700);
  expect(record.take()).toEqual([
    { ...place, activeMs: 2000, reviewMs: 700, byLabel: { car: { shapes: 2, ms: 1600 } } },
    { ...place, day: '2026-12-01', activeMs: 200, byLabel: {} },
  ]);
  expect(record.take()).toEqual([]);
});

test('the day is that of the person', () => {
  expect(localDay(new Date(2026, 0, 2, 23, 59))).toBe('2026-01-02');
});
