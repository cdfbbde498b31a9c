import { Button, Menu, Progress, Tabs } from '@mantine/core';
import { Download, Target } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { isPermitted } from '../../shared/people/permissions';
import type { Project } from '../../shared/schema/project';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { useObservable } from '../app/observable';
import { useRoute, useServices } from '../app/services';
import { EmptyNotice } from '../components/empty-notice';
import { ErrorNotice } from '../components/error-notice';
import { ProjectScreen, ScreenWaiting } from '../components/project-screen';
import { count, plural } from '../components/quantity';
import { AgreementTab } from './agreement/agreement-tab';
import { AuditTab } from './audit/audit-tab';
import { COUNTED_ERRORS, type ErrorFilter } from './engine/list-errors';
import { ErrorsTab } from './errors/errors-tab';
import { FindingsTab } from './findings/findings-tab';
import { OverviewTab } from './overview/overview-tab';
import { PeopleTab } from './people/people-tab';
import styles from './quality.module.css';
import { reportCsv, reportJson } from './quality-report';
import type { QualityTab } from './quality-tab';
import { SetupTab } from './setup/setup-tab';
import { TimeTab } from './time/time-tab';
import { type QualityState, usePolicy, useQuality } from './use-quality';

/** How right labels are, by ground truth, honeypots and each other; how long they take; and whether the journal holds. */
export default function QualityScreen() {
  return <ProjectScreen>{(project) => <Quality project={project} />}</ProjectScreen>;
}

const FIRST_FILTER: ErrorFilter = { subject: 'labels', kinds: COUNTED_ERRORS };

function Quality({ project }: { readonly project: Project }) {
  const { people, persistence } = useServices();
  // Whoever comes to the app next may see other tabs.
  useObservable(people.state);
  const policy = usePolicy(project);
  const role = persistence.session()?.role ?? 'labeller';
  const seesEveryone = isPermitted(role, 'quality.seeEveryone');
  if (policy === null) return <ScreenWaiting />;
  return seesEveryone ? (
    <Everyone project={project} policy={policy} />
  ) : (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>Quality</h1>
        <span className="dim">{project.name} · your own work</span>
      </header>
      <div className={styles.body}>
        <TimeTab project={project} policy={policy} seesEveryone={false} nameOf={labelNames(project)} />
      </div>
    </div>
  );
}

function Everyone({ project, policy }: { readonly project: Project; readonly policy: ReviewPolicy }) {
  const state = useQuality(project, policy);
  const [tab, setTab] = useState(useRoute().tab ?? 'overview');
  const [filter, setFilter] = useState<ErrorFilter>(FIRST_FILTER);
  const batchName = useBatchNames(project);
  const nameOf = labelNames(project);
  const showErrors = (part: Partial<ErrorFilter>) => {
    setFilter({ ...FIRST_FILTER, ...part });
    setTab('errors');
  };
  const attributes = new Map<string, string>(
    project.schema.labels.flatMap((label) =>
      label.attributes.map(({ id, name }) => [id, `${label.name}: ${name}`]),
    ),
  );
  const compared = (render: (shared: QualityTab) => ReactNode) => (
    <Compared
      state={state}
      onSetUp={() => setTab('settings')}
      render={(ready) =>
        render({
          project,
          policy,
          state: ready,
          nameOf,
          attributeName: (id) => attributes.get(id) ?? id,
          batchName,
        })
      }
    />
  );
  return (
    <Tabs
      value={tab}
      onChange={(next) => setTab(next ?? 'overview')}
      keepMounted={false}
      className={styles.screen}
    >
      <header className={styles.head}>
        <h1>Quality</h1>
        <span className="dim">{project.name}</span>
        <Tabs.List className={styles.tabs}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="findings">Findings</Tabs.Tab>
          <Tabs.Tab value="errors">Errors</Tabs.Tab>
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="agreement">Agreement</Tabs.Tab>
          <Tabs.Tab value="time">Time</Tabs.Tab>
          <Tabs.Tab value="audit">Audit</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <span className={styles.gap} />
        {state !== null && <Reading state={state} />}
        {state !== null && (
          <Export state={state} project={project} policy={policy} nameOf={nameOf} batchName={batchName} />
        )}
      </header>
      <Tabs.Panel value="overview" className={styles.body}>
        {compared((shared) => (
          <OverviewTab {...shared} onErrors={showErrors} />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="findings" className={styles.body}>
        <FindingsTab project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="errors" className={styles.body}>
        {compared((shared) => (
          <ErrorsTab {...shared} filter={filter} onFilter={setFilter} />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="people" className={styles.body}>
        {compared((shared) => (
          <PeopleTab {...shared} onErrors={showErrors} />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="agreement" className={styles.body}>
        {state !== null && state.figures !== null ? (
          <AgreementTab
            project={project}
            policy={policy}
            state={state}
            nameOf={nameOf}
            attributeName={(id) => id}
            batchName={batchName}
            onSetUp={() => setTab('settings')}
          />
        ) : (
          <ScreenWaiting />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="time" className={styles.body}>
        <TimeTab project={project} policy={policy} seesEveryone nameOf={nameOf} />
      </Tabs.Panel>
      <Tabs.Panel value="audit" className={styles.body}>
        <AuditTab project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="settings" className={styles.body}>
        <SetupTab project={project} policy={policy} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** What needs ground truth: how to begin where there is none, and what goes on while it is compared. */
function Compared(props: {
  readonly state: QualityState | null;
  readonly onSetUp: () => void;
  readonly render: (ready: QualityState) => ReactNode;
}) {
  const { state } = props;
  if (state === null) return <ScreenWaiting />;
  const { status, figures, quality } = state;
  if (status.kind === 'failed') {
    return (
      <ErrorNotice title="Labels could not be compared" message={status.error.message}>
        <Button size="xs" variant="default" onClick={() => quality.readAgain()}>
          Try again
        </Button>
      </ErrorNotice>
    );
  }
  if (figures === null) return <ScreenWaiting />;
  if (figures.truthImages === 0) {
    return (
      <EmptyNotice
        icon={<Target size={20} />}
        title="No ground truth yet"
        message="Quality is measured against labels that are known to be right. Choose some images, make sure that their labels are, and use them as ground truth; what is labelled from then on is compared with it, live. It can be taken away at any time and touches no label."
      >
        <Button size="xs" onClick={props.onSetUp}>
          Make ground truth
        </Button>
      </EmptyNotice>
    );
  }
  return props.render(state);
}

/** How far comparing has come, with the way to stop it and to go on. */
function Reading({ state }: { readonly state: QualityState }) {
  const { status, quality } = state;
  if (status.kind === 'reading') {
    const part = status.totalImages === 0 ? 0 : (status.images / status.totalImages) * 100;
    return (
      <span className={styles.reading} role="status">
        <Progress value={part} w={96} size="sm" aria-label="Compared" />
        {`${count(status.images)} of ${plural(status.totalImages, 'image')}`}
        <Button size="compact-xs" variant="default" onClick={() => quality.cancel()}>
          Stop
        </Button>
      </span>
    );
  }
  if (status.kind === 'stopped') {
    return (
      <span className={styles.reading} role="status">
        {`Stopped after ${count(status.images)} of ${plural(status.totalImages, 'image')}`}
        <Button size="compact-xs" variant="default" onClick={() => quality.readAgain()}>
          Compare all
        </Button>
      </span>
    );
  }
  return null;
}

function Export(props: {
  readonly state: QualityState;
  readonly project: Project;
  readonly policy: ReviewPolicy;
  readonly nameOf: (id: string) => string;
  readonly batchName: (id: string) => string;
}) {
  const { bridge, toasts } = useServices();
  const { figures } = props.state;
  const save = async (extension: 'json' | 'csv') => {
    if (figures === null) return;
    const saved = await bridge.invoke('files.saveText', {
      title: 'Save the quality report',
      suggestedName: `${props.project.name}-quality.${extension}`.slice(0, 200),
      extension,
      text:
        extension === 'json'
          ? reportJson(figures, props.policy.quality, props.project.name)
          : reportCsv(figures, props.nameOf, props.batchName),
    });
    if (!saved.ok) toasts.show({ tone: 'error', message: saved.error.message });
    else if (saved.value !== null) toasts.show({ message: `The report is in “${saved.value.name}”.` });
  };
  return (
    <Menu>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Download size={12} />}
          disabled={figures === null || figures.truthImages === 0}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>Report as CSV</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>Report as JSON, with definitions</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function labelNames(project: Project): (labelId: string) => string {
  const names = new Map<string, string>(project.schema.labels.map(({ id, name }) => [id, name]));
  return (labelId) => names.get(labelId) ?? 'unknown label';
}

function useBatchNames(project: Project): (batchId: string) => string {
  const { persistence } = useServices();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    void persistence.records.list(project.id, 'batch').then((found) => {
      if (isCurrent && found.ok) setNames(new Map(found.value.map(({ id, value }) => [id, value.name])));
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, project.id]);
  return (batchId) => (batchId === '' ? 'in no batch' : (names.get(batchId) ?? batchId));
}
