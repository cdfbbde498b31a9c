import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_DISPLAY_SETTINGS, NO_ADJUSTMENTS } from '../../../../renderer/editor/display-settings';
import { DEFAULT_TOOL_OPTIONS } from '../../../../renderer/editor/tool-options';
import { createPreferences } from '../../../../renderer/persistence/preferences';
import { keepHabits, storedDisplay, storedToolOptions } from '../../../../renderer/workspace/keep-habits';
import { openTestEditor } from '../../../harness/test-editor';

describe('habits', () => {
  it('are the defaults at first', () => {
    const preferences = createPreferences(null);
    expect(storedDisplay(preferences)).toEqual(DEFAULT_DISPLAY_SETTINGS);
    expect(storedToolOptions(preferences)).toEqual(DEFAULT_TOOL_OPTIONS);
  });

  it('are there again at the next start', async () => {
    vi.useFakeTimers();
    const preferences = createPreferences(null);
    const { editor } = await openTestEditor();
    keepHabits(editor, preferences);
    editor.setToolOptions({ brushDiameter: 77, isSnapping: true });
    editor.setDisplay({
      isGridShown: true,
      adjustments: { ...NO_ADJUSTMENTS, gamma: 2.2, window: { low: 10, high: 900 } },
    });
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    const { editor: next } = await openTestEditor();
    keepHabits(next, preferences);
    expect(next.session.toolOptions).toEqual({
      ...DEFAULT_TOOL_OPTIONS,
      brushDiameter: 77,
      isSnapping: true,
    });
    expect(next.session.display).toEqual({
      ...DEFAULT_DISPLAY_SETTINGS,
      isGridShown: true,
      adjustments: { ...NO_ADJUSTMENTS, gamma: 2.2, window: { low: 10, high: 900 } },
    });
  });

  it.each([
    null,
    'nonsense',
    [],
    { adjustments: 3 },
    {
      fillOpacity: -4,
      colourBy: 'mood',
      adjustments: { gamma: 0, channel: 'infrared', window: { low: 'x' } },
    },
  ])('that cannot be read fall back one by one: %j', (stored) => {
    const preferences = createPreferences(null);
    preferences.set('label.display', stored);
    expect(storedDisplay(preferences)).toEqual(DEFAULT_DISPLAY_SETTINGS);
  });

  it('keep what can be read beside what cannot', () => {
    const preferences = createPreferences(null);
    preferences.set('label.toolOptions', { brushDiameter: -1, wandTolerance: 9 });
    expect(storedToolOptions(preferences)).toEqual({ ...DEFAULT_TOOL_OPTIONS, wandTolerance: 9 });
  });
});
