import type { ProjectId } from '../../shared/schema/ids';
import type { Preferences } from '../persistence/ports';
import type { Navigation, Route } from './navigation';

const KEY = 'app.lastProject';

/** Where the app opens: straight in the project that was open last, else on the start page. */
export function routeAtStart(preferences: Preferences): Route {
  const projectId = preferences.get<string>(KEY, '');
  return projectId === ''
    ? { screen: 'start', projectId: null, imageId: null, annotationId: null, tab: null }
    : { screen: 'label', projectId: projectId as ProjectId, imageId: null, annotationId: null, tab: null };
}

export function rememberLastPlace(navigation: Navigation, preferences: Preferences): () => void {
  return navigation.route.subscribe(() => preferences.set(KEY, navigation.route.get().projectId ?? ''));
}
