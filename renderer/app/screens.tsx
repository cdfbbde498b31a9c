import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ScreenId } from './navigation';

/** Each screen is a chunk of its own, so that the first paint loads only what it shows. */
export const SCREENS: Readonly<Record<ScreenId, LazyExoticComponent<ComponentType>>> = {
  start: lazy(() => import('../start/start-screen')),
  label: lazy(() => import('../workspace/label-screen')),
  schema: lazy(() => import('../schema-editor/schema-screen')),
  datasets: lazy(() => import('../datasets/datasets-screen')),
  settings: lazy(() => import('../settings/settings-screen')),
};
