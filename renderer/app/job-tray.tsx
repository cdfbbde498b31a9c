import { Button, CloseButton, Progress } from '@mantine/core';
import styles from './job-tray.module.css';
import type { Job } from './jobs';
import { useObservable } from './observable';
import { describeProgress, shareDone } from './progress-text';
import { useServices } from './services';

/** Long work with rate, time left and cancel, in the lower left corner; never in the way. */
export function JobTray() {
  const { jobs } = useServices();
  const list = useObservable(jobs.list);
  if (list.length === 0) return null;
  return (
    <section className={styles.tray} aria-label="Running work">
      {list.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </section>
  );
}

function JobLine({ job }: { readonly job: Job }) {
  const { jobs } = useServices();
  const isRunning = job.state.kind === 'running';
  const share = shareDone(job.progress);
  return (
    <div className={styles.job} data-state={job.state.kind}>
      <div className={styles.head}>
        <span className={styles.title}>{job.title}</span>
        {isRunning && job.cancel !== undefined && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={job.cancel}>
            Cancel
          </Button>
        )}
        {!isRunning && (
          <CloseButton size="sm" aria-label={`Dismiss ${job.title}`} onClick={() => jobs.dismiss(job.id)} />
        )}
      </div>
      {isRunning && (
        <Progress
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          size={4}
          aria-label={job.title}
        />
      )}
      <div className={styles.note} role={job.state.kind === 'failed' ? 'alert' : undefined}>
        {job.state.kind === 'failed'
          ? job.state.error.message
          : job.state.kind === 'done'
            ? job.state.message
            : [describeProgress(job.progress), job.note].filter((part) => part !== '').join(' · ')}
      </div>
    </div>
  );
}
