import type { SessionState } from '../../shared/ipc/channels/people';
import { keyInputOf } from '../canvas/listen-to-input';
import { createClipboard } from '../clipboard/clipboard';
import { COMMANDS } from '../commands';
import { createCommandHost } from '../commands/create-command-host';
import { labelForKey } from '../commands/label-for-key';
import { listenToKeys } from '../commands/listen-to-keys';
import { createImports } from '../imports/imports';
import { createLiveKeymap } from '../keymaps/live-keymap';
import { createObjectSource } from '../objects/object-source';
import { keepIdleLock } from '../people/keep-idle-lock';
import { createPeople } from '../people/people';
import { DATABASE_NAME } from '../persistence/database';
import { createQualitySource } from '../quality/engine/quality-source';
import { createWorkspaceOpener } from '../workspace/open-workspace';
import { createProjectRules } from '../workspace/project-rules';
import type { Workspace } from '../workspace/workspace';
import { createFrameState } from './frame-state';
import { createJobs } from './jobs';
import { createNavigation, type Route } from './navigation';
import { createObservable } from './observable';
import { openPictures } from './open-pictures';
import type { Services } from './services';
import { createToasts } from './toasts';

/** The element that holds the canvas and takes its keys; set by the canvas host. */
const CANVAS_ATTRIBUTE = 'data-canvas';

const isMac = navigator.platform.startsWith('Mac');

/** Puts the services together from what reaches outside (bridge, records and editor) and who is at the app at first. */
export function createServices(
  outside: Pick<Services, 'bridge' | 'persistence' | 'editor'>,
  firstRoute: Route,
  firstSession: SessionState,
): Services {
  const { bridge, persistence } = outside;
  const jobs = createJobs();
  const toasts = createToasts();
  const navigation = createNavigation(firstRoute);
  const people = createPeople(outside, { jobs, navigation }, firstSession);
  people.state.subscribe(() => {
    if (people.state.get().kind === 'signedOut') toasts.clear();
  });
  keepIdleLock({ bridge, persistence, navigation, people }, window);
  const commands = Object.values(COMMANDS);
  const keymap = createLiveKeymap(commands, persistence.preferences);
  const { pictures, thumbnails, pixels } = openPictures(bridge, persistence, toasts);
  const services: Services = {
    ...outside,
    people,
    pictures,
    thumbnails,
    pixels,
    workspaces: createWorkspaceOpener({ ...outside, pictures, toasts }),
    keymap,
    rules: createProjectRules(persistence, navigation.route),
    objects: createObjectSource(persistence.images, DATABASE_NAME, jobs),
    quality: createQualitySource(persistence.images, DATABASE_NAME),
    jobs,
    toasts,
    clipboard: createClipboard(persistence.preferences),
    imports: createImports({ ...outside, jobs, toasts }),
    navigation,
    frame: createFrameState(persistence.preferences),
    workspace: createObservable<Workspace | null>(null),
    commands: createCommandHost({
      commands,
      keymap,
      context: () => ({ services, workspace: services.workspace.get() }),
      toasts,
      preferences: persistence.preferences,
      isMac,
      isShut: people.isShut,
    }),
  };
  return services;
}

/** Starts hearing keys; returns the way to stop. */
export function hearKeys(services: Services): () => void {
  return listenToKeys({
    target: window,
    keymap: services.keymap,
    host: services.commands,
    place: () => ({
      isLabelScreen: services.workspace.get() !== null,
      isReviewScreen: services.workspace.get()?.kind === 'review',
      isCanvasFocused: document.activeElement?.closest(`[${CANVAS_ATTRIBUTE}]`) != null,
    }),
    isAsking: () => services.workspace.get()?.question.get() != null,
    isLabelShortcut: (letter) => labelForKey(services.editor.schema, letter) !== null,
    isTakenByTool: (event) => services.editor.takesKey(keyInputOf('keyDown', event)),
    isMac,
    isShut: services.people.isShut,
  });
}
