import { z } from 'zod';
import { DEFAULT_DISPLAY_SETTINGS, type DisplaySettings, NO_ADJUSTMENTS } from '../editor/display-settings';
import type { Editor } from '../editor/editor';
import { DEFAULT_TOOL_OPTIONS, type ToolOptions } from '../editor/tool-options';
import type { Preferences } from '../persistence/ports';

const DISPLAY_KEY = 'label.display';
const TOOLS_KEY = 'label.toolOptions';

/** A slider being dragged is stored once it rests. */
const STORE_AFTER_MS = 400;

const between = (least: number, most: number, fallback: number) =>
  z.number().min(least).max(most).catch(fallback);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) =>
  z.enum(values).catch(fallback);

// Each value by itself falls back to its default: what another version stored must not undo all the rest.

const Adjustments = z.object({
  brightness: between(-100, 100, NO_ADJUSTMENTS.brightness),
  contrast: between(-100, 100, NO_ADJUSTMENTS.contrast),
  saturation: between(-100, 100, NO_ADJUSTMENTS.saturation),
  gamma: between(0.1, 5, NO_ADJUSTMENTS.gamma),
  isInverted: z.boolean().catch(NO_ADJUSTMENTS.isInverted),
  isEqualised: z.boolean().catch(NO_ADJUSTMENTS.isEqualised),
  equaliseLimit: between(1, 10, NO_ADJUSTMENTS.equaliseLimit),
  channel: oneOf(['all', 'red', 'green', 'blue'], NO_ADJUSTMENTS.channel),
  window: z
    .object({ low: z.number().min(0).max(65_535), high: z.number().min(0).max(65_535) })
    .nullable()
    .catch(null),
});

const Display = z.object({
  adjustments: Adjustments.catch(NO_ADJUSTMENTS),
  fillOpacity: between(0, 1, DEFAULT_DISPLAY_SETTINGS.fillOpacity),
  outlineWidth: between(1, 6, DEFAULT_DISPLAY_SETTINGS.outlineWidth),
  colourBy: oneOf(['label', 'object', 'person', 'state'], DEFAULT_DISPLAY_SETTINGS.colourBy),
  areNamesShown: z.boolean().catch(DEFAULT_DISPLAY_SETTINGS.areNamesShown),
  isGridShown: z.boolean().catch(DEFAULT_DISPLAY_SETTINGS.isGridShown),
  gridStep: between(1, 10_000, DEFAULT_DISPLAY_SETTINGS.gridStep),
  isCrosshairShown: z.boolean().catch(DEFAULT_DISPLAY_SETTINGS.isCrosshairShown),
  isMinimapShown: z.boolean().catch(DEFAULT_DISPLAY_SETTINGS.isMinimapShown),
  isPixelReadoutShown: z.boolean().catch(DEFAULT_DISPLAY_SETTINGS.isPixelReadoutShown),
});

const Tools = z.object({
  boxMethod: oneOf(['two-points', 'extreme-points'], DEFAULT_TOOL_OPTIONS.boxMethod),
  isSnapping: z.boolean().catch(DEFAULT_TOOL_OPTIONS.isSnapping),
  snapReach: between(1, 100, DEFAULT_TOOL_OPTIONS.snapReach),
  brushMode: oneOf(['paint', 'erase'], DEFAULT_TOOL_OPTIONS.brushMode),
  brushShape: oneOf(['circle', 'square'], DEFAULT_TOOL_OPTIONS.brushShape),
  brushDiameter: between(1, 10_000, DEFAULT_TOOL_OPTIONS.brushDiameter),
  wandTolerance: between(0, 255, DEFAULT_TOOL_OPTIONS.wandTolerance),
  isWandContiguous: z.boolean().catch(DEFAULT_TOOL_OPTIONS.isWandContiguous),
  simplifyTolerance: between(0, 100, DEFAULT_TOOL_OPTIONS.simplifyTolerance),
});

/** How the canvas looks and how tools work is as the person left it, and is stored from now on whenever it changes. */
export function keepHabits(editor: Editor, preferences: Preferences): void {
  editor.setDisplay(storedDisplay(preferences));
  editor.setToolOptions(storedToolOptions(preferences));
  let { display, toolOptions } = editor.session;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const store = () => {
    timer = null;
    preferences.set(DISPLAY_KEY, display);
    preferences.set(TOOLS_KEY, toolOptions);
  };
  editor.subscribe(() => {
    const { session } = editor;
    if (session.display === display && session.toolOptions === toolOptions) return;
    ({ display, toolOptions } = session);
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(store, STORE_AFTER_MS);
  });
}

export function storedDisplay(preferences: Pick<Preferences, 'get'>): DisplaySettings {
  return Display.catch(DEFAULT_DISPLAY_SETTINGS).parse(preferences.get<unknown>(DISPLAY_KEY, null));
}

export function storedToolOptions(preferences: Pick<Preferences, 'get'>): ToolOptions {
  return Tools.catch(DEFAULT_TOOL_OPTIONS).parse(preferences.get<unknown>(TOOLS_KEY, null));
}
