import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trackActivity } from '../../../../renderer/activity/track-activity';
import { createNavigation } from '../../../../renderer/app/navigation';
import { createObservable } from '../../../../renderer/app/observable';
import type { Services } from '../../../../renderer/app/services';
import type { OpenImageState, Workspace } from '../../../../renderer/workspace/workspace';
import type { ChangeSet } from '../../../../shared/document/change-set';
import type { ImageRecord } from '../../../../shared/schema/image';
import {
  annotation,
  CAR,
  changeOf,
  openFixture,
  projectWithImages,
  unwrap,
} from '../persistence/persistence-fixture';

/** What there is of a window outside of one: whoever looks at it is in front of it all the time. */
const page = Object.assign(new EventTarget(), { hidden: false, hasFocus: () => true });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const workOn = (ms: number) => {
  vi.advanceTimersByTime(ms);
  page.dispatchEvent(new Event('keydown'));
};

it('tells the time of reviewing an image from that of labelling it, and counts objects of labelling only', async () => {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images as [ImageRecord];
  const opened = createObservable<OpenImageState>({ kind: 'open', image });
  const screen = (kind: Workspace['kind']) => ({ kind, openImage: opened }) as unknown as Workspace;
  const workspace = createObservable<Workspace | null>(null);
  const navigation = createNavigation({
    screen: 'label',
    projectId: project.id,
    imageId: null,
    annotationId: null,
    tab: null,
  });
  const drawn = new Set<(change: ChangeSet) => void>();
  const editor = {
    onChange(listener: (change: ChangeSet) => void) {
      drawn.add(listener);
      return () => drawn.delete(listener);
    },
  };
  const draw = () => {
    for (const listener of drawn) listener(changeOf({ added: [annotation()] }));
  };
  const stop = trackActivity({ persistence, editor, workspace, navigation } as unknown as Services);

  workspace.set(screen('label'));
  workOn(3_000);
  draw();
  workOn(1_000);
  // The same image on the other screen.
  workspace.set(screen('review'));
  workOn(2_500);
  draw();
  workspace.set(null);
  workOn(9_000);
  workspace.set(screen('label'));
  workOn(500);
  stop();

  await vi.waitFor(async () => {
    const work = unwrap(
      await persistence.activity.list(project.id, { from: '0000-01-01', to: '9999-12-31' }),
    );
    expect(work).toHaveLength(1);
    expect(work[0]).toMatchObject({
      activeMs: 4_500,
      reviewMs: 2_500,
      byLabel: { [CAR]: { shapes: 1, ms: 3_000 } },
    });
  });
});
