import type { AnnotationId, ImageId, ProjectId } from '../../shared/schema/ids';
import { createObservable, type Observable } from './observable';

/** Every screen of the app, in the order of the activity bar. */
export const SCREEN_IDS = [
  'start',
  'label',
  'review',
  'gallery',
  'quality',
  'packages',
  'schema',
  'datasets',
  'settings',
] as const;
export type ScreenId = (typeof SCREEN_IDS)[number];

/** Where the person is. `projectId` is the project at hand, also on screens that work without one. */
export interface Route {
  readonly screen: ScreenId;
  readonly projectId: ProjectId | null;
  /** On the label screen: the image to open first; null opens where the person left off. */
  readonly imageId: ImageId | null;
  /** An object of that image, to be selected and shown large. */
  readonly annotationId: AnnotationId | null;
  /** The tab of the screen to begin with; null leaves it to the screen. */
  readonly tab: string | null;
}

export interface Destination {
  readonly screen: ScreenId;
  /** Left out: the project at hand stays at hand. Null: no project is at hand any more. */
  readonly projectId?: ProjectId | null;
  readonly imageId?: ImageId | null;
  readonly annotationId?: AnnotationId | null;
  readonly tab?: string;
}

export interface Navigation {
  readonly route: Observable<Route>;
  go(to: Destination): void;
  /** Asks before each step whether the person may go; false keeps them where they are. Returns the way to stop asking. */
  guard(mayGo: (to: Destination) => boolean): () => void;
}

/** A destination that needs a project while none is at hand leads to the start page. */
export function createNavigation(first: Route): Navigation {
  const route = createObservable<Route>(first);
  const guards = new Set<(to: Destination) => boolean>();
  return {
    route,
    guard(mayGo) {
      guards.add(mayGo);
      return () => guards.delete(mayGo);
    },
    go(to) {
      if ([...guards].some((mayGo) => !mayGo(to))) return;
      const projectId = to.projectId === undefined ? route.get().projectId : to.projectId;
      const needsProject = to.screen !== 'start' && to.screen !== 'settings';
      route.set({
        screen: needsProject && projectId === null ? 'start' : to.screen,
        projectId,
        imageId: to.imageId ?? null,
        annotationId: to.annotationId ?? null,
        tab: to.tab ?? null,
      });
    },
  };
}
