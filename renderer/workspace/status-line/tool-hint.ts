const HINTS: Readonly<Record<string, string>> = {
  'box/idle': 'Drag or click two corners to draw. Enter draws by keyboard. Esc: select tool',
  'box/drawing': 'Release to keep the box. Esc cancels',
  'box/awaitingCorner': 'Click the opposite corner. Esc cancels',
  'box/aiming': 'Arrows move the crosshair, Shift 10 px, Ctrl 50 px. Enter sets the corner',
  'box/growing': 'Arrows grow the box. Enter keeps it. Esc cancels',
  'select/translating': 'Release to put it here. Esc cancels',
  'select/resizing': 'Release to keep the size. Esc cancels',
  'select/marquee': 'Release to select what lies inside',
  'pan/idle': 'Drag to pan',
};

/** What keys and mouse do in this state of the tool, in a line. */
export function toolHint(toolState: string, hasSelection: boolean): string {
  if (toolState === 'select/idle') {
    return hasSelection
      ? 'Arrows move by 1 px, Shift 10 px; Alt+arrow moves an edge. 1 to 9 relabel. Del deletes'
      : 'Click to select, drag around to select many. R draws a box. ? shows all keys';
  }
  return HINTS[toolState] ?? '';
}
