import { type LoadedLater, loadedLater } from '../components/loaded-later';
import type { OverlayId } from './frame-state';
import type { ScreenId } from './navigation';

/** Each screen is a chunk of its own, so that the first paint loads only what it shows. */
export const SCREENS: Readonly<Record<ScreenId, LoadedLater>> = {
  start: loadedLater(() => import('../start/start-screen')),
  label: loadedLater(() => import('../workspace/label-screen')),
  review: loadedLater(() => import('../review/review-screen')),
  gallery: loadedLater(() => import('../gallery/gallery-screen')),
  quality: loadedLater(() => import('../quality/quality-screen')),
  packages: loadedLater(() => import('../merge/packages-screen')),
  schema: loadedLater(() => import('../schema-editor/schema-screen')),
  datasets: loadedLater(() => import('../datasets/datasets-screen')),
  settings: loadedLater(() => import('../settings/settings-screen')),
};

export const OVERLAYS: Readonly<Record<OverlayId, LoadedLater>> = {
  palette: loadedLater(() => import('../commands/palette/command-palette')),
  help: loadedLater(() => import('../commands/help-overlay/help-overlay')),
};

/** Loads what the person has not opened yet, once the app has nothing better to do. */
export function loadTheRestWhenIdle(): void {
  requestIdleCallback(
    () => {
      for (const part of [...Object.values(OVERLAYS), ...Object.values(SCREENS)]) {
        // What fails here fails again, and is shown, when it is opened.
        part.load().catch(() => undefined);
      }
    },
    { timeout: 5_000 },
  );
}
