import { expect, test } from 'vitest';
import { createJobs } from '../../../../renderer/app/jobs';
import { describeProgress, shareDone } from '../../../../renderer/app/progress-text';
import { appError } from '../../../../shared/result/app-error';

const halfway = { done: 1200, total: 2400, unit: 'files' as const, perSecond: 480, secondsLeft: 2.5 };

test('a job shows its progress, and after its end nothing changes it any more', () => {
  const jobs = createJobs(() => undefined);
  const job = jobs.start({ title: 'Import' });
  job.progress(halfway, 'street');
  expect(jobs.list.get()[0]).toMatchObject({ progress: halfway, note: 'street', state: { kind: 'running' } });
  job.done('2,400 images');
  job.fail(appError('job.cancelled', 'too late'));
  expect(jobs.list.get()[0]?.state).toEqual({ kind: 'done', message: '2,400 images' });
});

test('running work cannot be dismissed; finished work can', () => {
  const jobs = createJobs(() => undefined);
  const job = jobs.start({ title: 'Export' });
  const [line] = jobs.list.get();
  jobs.dismiss(line?.id ?? -1);
  expect(jobs.list.get()).toHaveLength(1);
  job.done();
  jobs.dismiss(line?.id ?? -1);
  expect(jobs.list.get()).toHaveLength(0);
});

test('what is done goes by itself, what failed stays', () => {
  const planned: (() => void)[] = [];
  const jobs = createJobs((run) => planned.push(run));
  jobs.start({ title: 'good' }).done();
  jobs.start({ title: 'bad' }).fail(appError('process.crashed', 'It ended.'));
  for (const run of planned) run();
  expect(jobs.list.get().map(({ title }) => title)).toEqual(['bad']);
});

test('of finished lines only the newest stay, of running ones all', () => {
  const jobs = createJobs(() => undefined);
  const running = jobs.start({ title: 'long' });
  for (let count = 1; count <= 8; count += 1) jobs.start({ title: `job ${count}` }).done();
  expect(jobs.list.get().map(({ title }) => title)).toEqual([
    'long',
    'job 4',
    'job 5',
    'job 6',
    'job 7',
    'job 8',
  ]);
  running.done();
});

test('progress is told in words with units; what is not known is left out', () => {
  expect(describeProgress(halfway)).toBe('1,200 of 2,400 files · 480 files/s · 3 s left');
  expect(describeProgress({ ...halfway, total: null, perSecond: null, secondsLeft: null })).toBe(
    '1,200 files',
  );
  expect(describeProgress({ ...halfway, secondsLeft: 4000 })).toContain('1 h 7 min left');
  expect(shareDone(halfway)).toBe(50);
  expect(shareDone({ ...halfway, total: null })).toBeNull();
  expect(shareDone({ ...halfway, done: 0, total: 0 })).toBe(100);
});
