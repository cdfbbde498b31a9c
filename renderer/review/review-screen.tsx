import { Button, Tabs } from '@mantine/core';
import { ListChecks } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isPermitted } from '../../shared/people/permissions';
import type { Project } from '../../shared/schema/project';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { EmptyNotice } from '../components/empty-notice';
import { ProjectScreen, ScreenWaiting } from '../components/project-screen';
import { usePolicy } from '../quality/use-quality';
import { ImageRail } from '../workspace/image-rail/image-rail';
import { Inspector } from '../workspace/inspector/inspector';
import { WorkspaceFrame } from '../workspace/workspace-frame';
import { BatchesTab } from './batches/batches-tab';
import { chosenQueue, filterOfQueue, queueKey } from './queues/chosen-queue';
import { QueuePicker } from './queues/queue-picker';
import styles from './review.module.css';
import { ReviewSetupTab } from './setup/setup-tab';

/** Where labels are judged, batches are drawn and assigned, and the way of reviewing is set. */
export default function ReviewScreen() {
  return <ProjectScreen>{(project) => <Review project={project} />}</ProjectScreen>;
}

function Review({ project }: { readonly project: Project }) {
  const { people, persistence } = useServices();
  // Whoever comes to the app next has other queues.
  useObservable(people.state);
  const policy = usePolicy(project);
  const [tab, setTab] = useState<string | null>('images');

  // Somebody sends the person to a queue: to the sample of a batch.
  useEffect(
    () => persistence.preferences.observe(queueKey(project.id), () => setTab('images')),
    [persistence, project.id],
  );

  if (policy === null) return <ScreenWaiting />;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} className={styles.screen}>
      <header className={styles.head}>
        <h1>Review</h1>
        <span className="dim">{project.name}</span>
        <Tabs.List className={styles.tabs} aria-label="Review">
          <Tabs.Tab value="images">Images</Tabs.Tab>
          <Tabs.Tab value="batches">Batches</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
      </header>
      <Tabs.Panel value="images" className={styles.images}>
        {policy.isReviewed ? <Images project={project} policy={policy} /> : <NotReviewed project={project} />}
      </Tabs.Panel>
      <Tabs.Panel value="batches" className={styles.body}>
        <BatchesTab project={project} />
      </Tabs.Panel>
      <Tabs.Panel value="settings" className={styles.body}>
        <ReviewSetupTab project={project} policy={policy} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Images({ project, policy }: { readonly project: Project; readonly policy: ReviewPolicy }) {
  const { persistence } = useServices();
  const { preferences } = persistence;
  const [queue, setQueue] = useState(() => chosenQueue(preferences, project.id));
  const [reading, setReading] = useState(0);
  const session = persistence.session();
  useEffect(
    () => preferences.observe(queueKey(project.id), () => setQueue(chosenQueue(preferences, project.id))),
    [preferences, project.id],
  );
  if (session === null) return null;
  const { allowsOwnReview } = policy;
  return (
    <WorkspaceFrame
      // Another queue, person or rule of who may judge what is another list, from its beginning.
      key={`${JSON.stringify(queue)} ${session.personId} ${allowsOwnReview} ${reading}`}
      screen="review"
      purpose={{ kind: 'review', filter: { review: filterOfQueue(queue, session, policy) } }}
      left={(searchRef) => (
        <>
          <QueuePicker
            project={project}
            policy={policy}
            queue={queue}
            onQueue={(next) => preferences.set(queueKey(project.id), next)}
            onRefresh={() => setReading(reading + 1)}
          />
          <ImageRail searchRef={searchRef} />
        </>
      )}
      right={(labelsRef) => <Inspector labelsRef={labelsRef} />}
    />
  );
}

function NotReviewed({ project }: { readonly project: Project }) {
  const { persistence, toasts } = useServices();
  const role = persistence.session()?.role ?? 'labeller';
  const maySetUp = isPermitted(role, 'review.setUp');
  const put = async (isReviewed: boolean) => {
    // What is stored, not what was on screen: somebody may have set something else meanwhile.
    const stored = await persistence.reviews.policy(project.id);
    if (!stored.ok) return stored;
    return persistence.records.put(
      project.id,
      [{ kind: 'policy', id: 'policy', value: { ...stored.value, isReviewed } }],
      { code: 'review.setUp', label: isReviewed ? 'Turn review on' : 'Turn review off' },
    );
  };
  const turnOn = async () => {
    const done = await put(true);
    if (!done.ok) return void toasts.show({ tone: 'error', message: done.error.message });
    toasts.show({
      message: 'Images are reviewed from now on.',
      action: { label: 'Undo', run: async () => void (await put(false)) },
    });
  };
  return (
    <EmptyNotice
      icon={<ListChecks size={20} />}
      title="Images are not reviewed yet"
      message={
        maySetUp
          ? 'With review on, whoever labels an image hands it in, and somebody else accepts it, mends it, or gives it back with the reason. It touches no label and can be turned off at any time.'
          : 'Images of this project count as they are labelled. A lead can turn review on at any time.'
      }
    >
      {maySetUp && (
        <Button size="xs" onClick={() => void turnOn()}>
          Turn review on
        </Button>
      )}
    </EmptyNotice>
  );
}
