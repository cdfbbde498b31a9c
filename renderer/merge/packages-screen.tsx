import { Button, Tabs } from '@mantine/core';
import { GitMerge, PackageOpen, Send } from 'lucide-react';
import { isPermitted } from '../../shared/people/permissions';
import type { Project } from '../../shared/schema/project';
import type { RecordOf } from '../../shared/schema/project-records';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { mergePackage, returnPackage } from '../app/work-packages';
import { EmptyNotice } from '../components/empty-notice';
import { ErrorNotice } from '../components/error-notice';
import { ProjectScreen, ScreenWaiting } from '../components/project-screen';
import { count, plural } from '../components/quantity';
import { dateAndTime } from '../components/relative-time';
import { SectionHeader } from '../components/section-header';
import { OwnKey } from '../people/own-key';
import { useOwnKey } from '../people/use-own-key';
import { Conflicts } from './conflicts';
import { IssueForm } from './issue-form';
import styles from './merge.module.css';
import { type Packages, usePackages } from './use-packages';

/** Work apart: images that are handed out, what came back, and what people must decide. */
export default function PackagesScreen() {
  return <ProjectScreen>{(project) => <WorkApart project={project} />}</ProjectScreen>;
}

function WorkApart({ project }: { readonly project: Project }) {
  const services = useServices();
  const { commands, people, persistence } = services;
  // Whoever comes to the app next may do other things.
  useObservable(people.state);
  const state = usePackages(project.id);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The packages could not be read" message={state.error.message} />;
  }
  if (state.kind === 'loading') return <ScreenWaiting />;
  const { packages } = state;
  const role = persistence.session()?.role ?? 'labeller';
  const mayMerge = isPermitted(role, 'package.merge');
  return (
    <Tabs
      defaultValue={packages.conflicts.length > 0 ? 'conflicts' : 'packages'}
      keepMounted={false}
      className={styles.screen}
    >
      <header className={styles.head}>
        <h1>Work apart</h1>
        <span className="dim">{project.name}</span>
        <Tabs.List className={styles.tabs}>
          <Tabs.Tab value="packages">Packages</Tabs.Tab>
          <Tabs.Tab value="conflicts">
            Conflicts
            {packages.conflicts.length > 0 && (
              <span className={styles.badge}>{count(packages.conflicts.length)}</span>
            )}
          </Tabs.Tab>
        </Tabs.List>
        <span className={styles.gap} />
        {packages.received !== null && (
          <Button
            size="xs"
            leftSection={<Send size={14} aria-hidden />}
            title={commands.tooltip('project.returnPackage')}
            onClick={() => void returnPackage(services, project)}
          >
            Give the work back…
          </Button>
        )}
        {mayMerge && packages.issued.length > 0 && (
          <Button
            size="xs"
            variant={packages.received === null ? 'filled' : 'default'}
            leftSection={<GitMerge size={14} aria-hidden />}
            title={commands.tooltip('project.mergePackage')}
            onClick={() => void mergePackage(services, project)}
          >
            Merge what came back…
          </Button>
        )}
      </header>
      <Tabs.Panel value="packages" className={styles.body}>
        <div className={styles.columns}>
          <PackageList packages={packages} />
          <aside className={styles.column}>
            {packages.received === null && isPermitted(role, 'package.issue') && (
              <IssueForm project={project} />
            )}
            <SectionHeader title="Your key" />
            <OwnKey />
          </aside>
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="conflicts" className={styles.body}>
        <Conflicts project={project} conflicts={packages.conflicts} mayDecide={mayMerge} />
      </Tabs.Panel>
    </Tabs>
  );
}

function PackageList({ packages: { issued, received } }: { readonly packages: Packages }) {
  return (
    <section className={styles.column}>
      {received !== null && <Received received={received} />}
      {(received === null || issued.length > 0) && <Issued issued={issued} />}
    </section>
  );
}

function Issued({ issued }: Pick<Packages, 'issued'>) {
  return (
    <>
      <SectionHeader title="Handed out" detail={count(issued.length)} />
      {issued.length === 0 ? (
        <EmptyNotice
          icon={<PackageOpen size={28} />}
          title="Nothing is handed out"
          message="Hand images to somebody who works on another computer. What they give back is merged into this project object by object, and nothing is overwritten unseen."
        />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Package</th>
              <th>For</th>
              <th className={styles.number}>Images</th>
              <th>Handed out</th>
              <th>Came back</th>
            </tr>
          </thead>
          <tbody>
            {issued.map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td>
                <td>
                  {one.to.name}
                  {one.toKey === null && <span className="dim"> · any key</span>}
                </td>
                <td className={styles.number}>{count(one.imageCount)}</td>
                <td>{dateAndTime(one.issuedAt)}</td>
                <td>{cameBack(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function cameBack({ merged }: RecordOf<'package'>): string {
  const last = merged.at(-1);
  if (last === undefined) return 'not yet';
  const when = dateAndTime(last.at);
  return merged.length === 1 ? when : `${plural(merged.length, 'time')}, last ${when}`;
}

function Received({ received: { order, returned } }: { readonly received: RecordOf<'receivedPackage'> }) {
  const ownKey = useOwnKey();
  const { issuedBy, issuedAt, to, toKey } = order.content;
  const isForAnother = toKey !== null && ownKey !== null && ownKey !== toKey;
  return (
    <div className={styles.received}>
      <p>
        This project is work that <strong>{issuedBy.name}</strong> handed to <strong>{to.name}</strong> on{' '}
        {dateAndTime(issuedAt)}.
      </p>
      <p className="dim">
        {returned === 0
          ? 'It was not given back yet.'
          : `It was given back ${returned === 1 ? 'once' : plural(returned, 'time')}. You can go on and give it back again.`}
      </p>
      {isForAnother && (
        <p className={styles.warning} role="alert">
          Only {to.name} can give it back: sign in as {to.name} before you work on it.
        </p>
      )}
    </div>
  );
}
