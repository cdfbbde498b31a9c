import { describe, expect, it } from 'vitest';
import { createBundleJobs } from '../../../../electron/bundles/bundle-jobs';
import type { Actor, JobId } from '../../../../shared/schema/ids';
import type { Role } from '../../../../shared/schema/person';
import type { PackageEntry } from '../../../../shared/schema/work-package';

const JOB = '7e57ab1e-0000-4000-8000-000000000001' as JobId;
/** Only the kind is looked at. */
const entry = (kind: 'work' | 'return') => ({ content: { kind } }) as PackageEntry;

function jobsOf(role: Role) {
  const at = { role };
  const session = () => ({ personId: null, name: 'Somebody' as Actor, role: at.role });
  return { at, jobs: createBundleJobs(session) };
}

describe('a step of a bundle', () => {
  it('that was not begun is refused', () => {
    expect(jobsOf('admin').jobs.step(JOB)).toMatchObject({ error: { code: 'job.unknown' } });
  });

  it.each([
    ['bundle', 'lead', 'labeller'],
    ['work', 'lead', 'reviewer'],
    ['project', 'admin', 'labeller'],
    ['merge', 'lead', 'reviewer'],
  ] as const)('of the kind %s goes on for a %s and not for a %s who comes after', (purpose, may, mayNot) => {
    const { at, jobs } = jobsOf(may);
    jobs.begin(JOB, purpose);
    expect(jobs.step(JOB).ok).toBe(true);
    at.role = mayNot;
    expect(jobs.step(JOB)).toMatchObject({ error: { code: 'people.not-permitted' } });
  });

  it('of giving work back is a labeller’s too', () => {
    const { jobs } = jobsOf('labeller');
    jobs.begin(JOB, 'return');
    expect(jobs.step(JOB).ok).toBe(true);
    expect(jobs.lastStep(JOB, entry('return')).ok).toBe(true);
  });

  it.each([
    ['return', null],
    ['return', entry('work')],
    ['work', entry('return')],
    ['work', null],
    ['bundle', entry('work')],
    ['bundle', entry('return')],
  ] as const)('that began as %s cannot end as something else (%#)', (purpose, said) => {
    const { jobs } = jobsOf('admin');
    jobs.begin(JOB, purpose);
    expect(jobs.lastStep(JOB, said)).toMatchObject({ error: { code: 'ipc.bad-arguments' } });
  });

  it('that was cancelled is told so and is gone', () => {
    const { jobs } = jobsOf('admin');
    const signal = jobs.begin(JOB, 'bundle');
    expect([jobs.end(JOB, 'cancelled'), jobs.end(JOB, 'cancelled')]).toEqual([true, false]);
    expect(signal.aborted).toBe(true);
    expect(jobs.step(JOB).ok).toBe(false);
  });
});
