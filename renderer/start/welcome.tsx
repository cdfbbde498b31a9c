import { Button } from '@mantine/core';
import styles from './start.module.css';

const STEPS = [
  {
    title: 'Add pictures',
    text: 'A folder, nested as it is. Originals stay where they are and are never changed.',
  },
  {
    title: 'Label',
    text: 'Draw boxes with mouse or keys. Every edit is saved the moment it is made, and can be undone tomorrow.',
  },
  {
    title: 'Publish',
    text: 'Freeze a version with its splits, compare it with the one before, export COCO or YOLO and see what was lost.',
  },
] as const;

/** What the app does, and one way to begin, for somebody who sees it for the first time. */
export function Welcome(props: {
  readonly isOpeningSample: boolean;
  readonly onOpenSample: () => void;
  readonly onNew: () => void;
  readonly onOpenBundle: () => void;
}) {
  return (
    <section className={styles.welcome} aria-label="Welcome">
      <h1>Label images, check the labels, publish datasets</h1>
      <p className="dim">Everything stays on this computer. No account, no network.</p>
      <ol className={styles.steps}>
        {STEPS.map((step, at) => (
          <li key={step.title}>
            <span className={styles.stepNumber} aria-hidden>
              {at + 1}
            </span>
            <h2>{step.title}</h2>
            <p>{step.text}</p>
          </li>
        ))}
      </ol>
      <div className={styles.welcomeActions}>
        <Button size="sm" onClick={props.onOpenSample} loading={props.isOpeningSample}>
          Open the sample project
        </Button>
        <Button size="sm" variant="default" onClick={props.onNew}>
          New project…
        </Button>
        <Button size="sm" variant="subtle" onClick={props.onOpenBundle}>
          Open a bundle…
        </Button>
      </div>
      <p className={styles.sub}>
        The sample is a set of drawn street scenes, two thirds of them labelled. Or drop a folder of pictures
        anywhere here.
      </p>
    </section>
  );
}
