/** What the tools themselves listen to; they are not commands, because their meaning depends on the tool's state. */
export const CANVAS_GESTURES: readonly { readonly what: string; readonly keys: readonly string[] }[] = [
  { what: 'Draw a box', keys: ['Drag', 'Click, click'] },
  { what: 'Draw by keyboard', keys: ['Enter', '← → ↑ ↓', 'Enter'] },
  { what: 'Move by 1 px, with Shift by 10 px', keys: ['← → ↑ ↓'] },
  { what: 'Move an edge by 1 px', keys: ['Alt+← → ↑ ↓'] },
  { what: 'Add to or take from the selection', keys: ['Shift+Click'] },
  { what: 'Zoom at the pointer', keys: ['Wheel'] },
  { what: 'Pan', keys: ['Space+Drag', 'Middle drag'] },
  { what: 'Cancel, or select nothing', keys: ['Esc'] },
];
