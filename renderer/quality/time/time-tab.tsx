import { Button, Skeleton } from '@mantine/core';
import type { Project } from '../../../shared/schema/project';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import { useServices } from '../../app/services';
import { count } from '../../components/quantity';
import { Defined } from '../defined';
import { share } from '../figure-words';
import styles from '../quality.module.css';
import { saveTime } from './save-table';
import { timeByLabel, timeByPerson } from './time-figures';
import { timeRows } from './time-table';
import { useTime } from './use-time';
import { WhatIsMeasured } from './what-is-measured';

/** How long work takes and how much of it passes the first time. */
export function TimeTab(props: {
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly seesEveryone: boolean;
  readonly nameOf: (labelId: string) => string;
}) {
  const services = useServices();
  const { project, nameOf } = props;
  const { work, yields, failure } = useTime(project.id, props.seesEveryone);
  const people = work === null ? null : timeByPerson(work);
  const labels = work === null ? null : timeByLabel(work);
  const save = (extension: 'csv' | 'parquet') =>
    void saveTime(services, timeRows(work ?? [], nameOf), extension);
  return (
    <div className={styles.overview}>
      <WhatIsMeasured idleAfterSeconds={props.policy.idleAfterSeconds} />
      {failure !== null && <p className={styles.failure}>{failure}</p>}
      <p className={styles.line}>
        <Button size="xs" variant="default" disabled={!work?.length} onClick={() => save('csv')}>
          Export CSV
        </Button>
        <Button size="xs" variant="default" disabled={!work?.length} onClick={() => save('parquet')}>
          Export Parquet
        </Button>
        <span className="dim">One row a person, day, image and label; times in ms.</span>
      </p>
      {people === null || labels === null ? (
        <Skeleton height={160} />
      ) : (
        <div className={styles.columns}>
          <section className={styles.part} aria-label="Time by person">
            <h2>{props.seesEveryone ? 'By person' : 'Your work'}</h2>
            {people.length === 0 ? (
              <p className="dim">
                Nothing is measured yet: it begins with the first image that is worked on.
              </p>
            ) : (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Person</th>
                    <th scope="col">
                      <Defined is="activeTime">Labelling</Defined>
                    </th>
                    <th scope="col">
                      <Defined is="reviewTime">Reviewing</Defined>
                    </th>
                    <th scope="col">Images</th>
                    <th scope="col">Objects drawn</th>
                    <th scope="col">
                      <Defined is="secondsAShape">Seconds an object</Defined>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {people.map((person) => (
                    <tr key={person.key}>
                      <th scope="row">{person.name}</th>
                      <td>{duration(person.activeMs)}</td>
                      <td>{duration(person.reviewMs)}</td>
                      <td>{count(person.images)}</td>
                      <td>{count(person.shapes)}</td>
                      <td>{seconds(person.msAShape)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
          <section className={styles.part} aria-label="Time by label">
            <h2>By label</h2>
            {labels.length === 0 ? (
              <p className="dim">No object was drawn since time is measured.</p>
            ) : (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Label</th>
                    <th scope="col">Objects drawn</th>
                    <th scope="col">
                      <Defined is="secondsAShape">Seconds an object</Defined>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {labels.map((label) => (
                    <tr key={label.labelId}>
                      <th scope="row">{nameOf(label.labelId)}</th>
                      <td>{count(label.shapes)}</td>
                      <td>{seconds(label.msAShape)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        </div>
      )}
      <section className={styles.part} aria-label="First-pass yield and rework">
        <h2>In review</h2>
        {yields === null && <Skeleton height={80} />}
        {yields?.length === 0 && <p className="dim">No image was judged yet.</p>}
        {yields !== null && yields.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Images judged</th>
                <th scope="col">
                  <Defined is="firstPass">First-pass yield</Defined>
                </th>
                <th scope="col">
                  <Defined is="rework">Rework</Defined>
                </th>
                <th scope="col">Rejections</th>
                <th scope="col">
                  <Defined is="reworkedObjects">Objects changed after</Defined>
                </th>
              </tr>
            </thead>
            <tbody>
              {yields.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <td>{count(row.judged)}</td>
                  <td>{share(row.firstPass / row.judged)}</td>
                  <td>{(row.reworks / row.judged).toFixed(2)}</td>
                  <td>{count(row.rejections)}</td>
                  <td>{count(row.reworkedObjects)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function seconds(ms: number | null): string {
  return ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 1
    ? `${Math.round(ms / 1000)} s`
    : minutes < 60
      ? `${minutes} min`
      : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
