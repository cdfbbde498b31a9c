import { createContext, useContext } from 'react';
import type { Result } from '../../shared/result/result';
import type { ImageRecord } from '../../shared/schema/image';
import type { Bridge } from '../bridge/bridge';
import type { CommandHost } from '../commands/command-host';
import type { Editor } from '../editor/editor';
import type { Imports } from '../imports/imports';
import type { Persistence } from '../persistence/ports';
import type { Workspace } from '../workspace/workspace';
import type { FrameState } from './frame-state';
import type { Jobs } from './jobs';
import type { Navigation, Route } from './navigation';
import { useObservable, type WritableObservable } from './observable';
import type { Toasts } from './toasts';

/** Decoded pictures; the canvas asks for them, neighbours are asked for ahead of time. */
export interface PicturePort {
  /** The picture upright (EXIF applied); it stays usable until two others were opened. */
  open(image: ImageRecord): Promise<Result<ImageBitmap>>;
  /** Decodes pictures before they are asked for, nearest first; earlier requests that are not in the list are dropped. */
  prefetch(images: readonly ImageRecord[]): void;
}

/** Small previews, made lazily and cached on disk. */
export interface ThumbnailPort {
  /** Calls back with a URL for an `<img>` (null: cannot be made); the returned function withdraws the request. */
  request(image: ImageRecord, onReady: (url: string | null) => void): () => void;
}

/** Everything a screen may use. Made once in main.tsx and handed down; nothing else is global. */
export interface Services {
  readonly bridge: Bridge;
  readonly persistence: Persistence;
  readonly editor: Editor;
  readonly pictures: PicturePort;
  readonly thumbnails: ThumbnailPort;
  readonly jobs: Jobs;
  readonly toasts: Toasts;
  /** Adds images and labels to projects. */
  readonly imports: Imports;
  readonly navigation: Navigation;
  readonly commands: CommandHost;
  /** Rails, theme and the overlay on top. */
  readonly frame: FrameState;
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
