import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ScreenId } from './navigation';

/** Each screen is a chunk of its own, so that the first paint loads only what it shows. */
const LOADERS: Readonly<Record<ScreenId, () => Promise<{ default: ComponentType }>>> = {
  start: () => import('../start/start-screen'),
  label: () => import('../workspace/label-screen'),
  schema: () => import('../schema-editor/schema-screen'),
  datasets: () => import('../datasets/datasets-screen'),
  settings: () => import('../settings/settings-screen'),
};

export const SCREENS: Readonly<Record<ScreenId, LazyExoticComponent<ComponentType>>> = {
  start: lazy(LOADERS.start),
  label: lazy(LOADERS.label),
  schema: lazy(LOADERS.schema),
  datasets: lazy(LOADERS.datasets),
  settings: lazy(LOADERS.settings),
};

/** Begins to load a screen's chunk while something else is waited for; a failure shows when the screen is rendered. */
export function preloadScreen(id: ScreenId): void {
  void LOADERS[id]().catch(() => undefined);
}
