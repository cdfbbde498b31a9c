import { clamp } from '../../shared/geometry/rect';
import type { Preferences } from '../persistence/ports';
import { createObservable, type Observable, type WritableObservable } from './observable';

export type RailId = 'images' | 'inspector';
export type OverlayId = 'palette' | 'help';
export type ThemeChoice = 'dark' | 'light' | 'system';

export interface Rail {
  readonly isOpen: boolean;
  /** In CSS px, kept while the rail is closed. */
  readonly width: number;
}

/** How the frame is set up; remembered between starts, except for the overlay. */
export interface FrameState {
  readonly rails: Observable<Readonly<Record<RailId, Rail>>>;
  readonly overlay: Observable<OverlayId | null>;
  readonly theme: Observable<ThemeChoice>;
  /** Whether the panel of display settings lies over the canvas. */
  readonly isDisplayPanelOpen: WritableObservable<boolean>;
  toggleRail(id: RailId): void;
  resizeRail(id: RailId, width: number): void;
  setOverlay(overlay: OverlayId | null): void;
  setTheme(theme: ThemeChoice): void;
}

/** Narrowest and widest rail in CSS px: one thumbnail with its name, and half of a small window. */
export const RAIL_LIMITS = { narrowest: 184, widest: 560 } as const;

const DEFAULT_RAILS: Readonly<Record<RailId, Rail>> = {
  images: { isOpen: true, width: 248 },
  inspector: { isOpen: true, width: 288 },
};

const RAILS_KEY = 'frame.rails';
/** Shared with the settings screen. */
export const THEME_KEY = 'frame.theme';

export function createFrameState(preferences: Preferences): FrameState {
  const rails = createObservable(preferences.get<Readonly<Record<RailId, Rail>>>(RAILS_KEY, DEFAULT_RAILS));
  const overlay = createObservable<OverlayId | null>(null);
  const theme = createObservable<ThemeChoice>(preferences.get<ThemeChoice>(THEME_KEY, 'dark'));
  preferences.observe(THEME_KEY, () => theme.set(preferences.get<ThemeChoice>(THEME_KEY, 'dark')));

  const changeRail = (id: RailId, part: Partial<Rail>) => {
    rails.update((current) => ({ ...current, [id]: { ...current[id], ...part } }));
    preferences.set(RAILS_KEY, rails.get());
  };
  return {
    rails,
    overlay,
    theme,
    isDisplayPanelOpen: createObservable(false),
    toggleRail: (id) => changeRail(id, { isOpen: !rails.get()[id].isOpen }),
    resizeRail: (id, width) =>
      changeRail(id, { width: clamp(Math.round(width), RAIL_LIMITS.narrowest, RAIL_LIMITS.widest) }),
    setOverlay: overlay.set,
    setTheme(choice) {
      theme.set(choice);
      preferences.set(THEME_KEY, choice);
    },
  };
}
