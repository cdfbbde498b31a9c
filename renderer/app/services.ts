import { createContext, useContext } from 'react';
import type { Bridge } from '../bridge/bridge';
import type { Clipboard } from '../clipboard/clipboard';
import type { CommandHost } from '../commands/command-host';
import type { Editor } from '../editor/editor';
import type { Imports } from '../imports/imports';
import type { LiveKeymap } from '../keymaps/live-keymap';
import type { ObjectSource } from '../objects/object-source';
import type { People } from '../people/people';
import type { Persistence } from '../persistence/ports';
import type { PictureSource } from '../pictures/picture-source';
import type { PixelSource } from '../pictures/pixel-source';
import type { ThumbnailSource } from '../pictures/thumbnail-source';
import type { QualitySource } from '../quality/engine/quality-source';
import type { WorkspaceOpener } from '../workspace/open-workspace';
import type { ProjectRules } from '../workspace/project-rules';
import type { Workspace } from '../workspace/workspace';
import type { FrameState } from './frame-state';
import type { Jobs } from './jobs';
import type { Navigation, Route } from './navigation';
import { useObservable, type WritableObservable } from './observable';
import type { Toasts } from './toasts';

/** Everything a screen may use. Made once in main.tsx and handed down; nothing else is global. */
export interface Services {
  readonly bridge: Bridge;
  readonly persistence: Persistence;
  readonly editor: Editor;
  /** Who is at the app, and the ways in and out. */
  readonly people: People;
  readonly pictures: PictureSource;
  readonly thumbnails: ThumbnailSource;
  /** Work on the pixels of the picture on screen. */
  readonly pixels: PixelSource;
  /** All objects of the project at hand, for what looks over all of them. */
  readonly objects: ObjectSource;
  /** How right the labels of the project at hand are. */
  readonly quality: QualitySource;
  readonly jobs: Jobs;
  readonly toasts: Toasts;
  /** Objects that were copied, for this and other images and projects. */
  readonly clipboard: Clipboard;
  /** Adds images and labels to projects. */
  readonly imports: Imports;
  readonly navigation: Navigation;
  readonly commands: CommandHost;
  readonly keymap: LiveKeymap;
  /** Rails, theme and the overlay on top. */
  readonly frame: FrameState;
  /** How the project at hand is checked, and what of it was found right as it is. */
  readonly rules: ProjectRules;
  readonly workspaces: WorkspaceOpener;
  /** The open label screen; set by it while it is shown. */
  readonly workspace: WritableObservable<Workspace | null>;
}

export const ServicesContext = createContext<Services | null>(null);

/** The services of the app; only inside `<ServicesContext>`. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices was called outside of ServicesContext');
  return services;
}

/** Where the person is; re-renders on navigation. */
export function useRoute(): Route {
  return useObservable(useServices().navigation.route);
}
