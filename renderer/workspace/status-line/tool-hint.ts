const TWO_CORNERS =
  'Click the opposite corner, or arrows and Enter. Shift: even sides, Alt: the middle. Esc cancels';
const CROSSHAIR = 'Arrows move the crosshair, Shift 10 px, Ctrl 50 px, Alt 0.1 px. Enter sets the point';
const PATH = 'Shift: 15°. Backspace: one back. Tab: follow outline. Esc cancels';

/** By tool and state; a state without a line of its tool's own has the line of `*`. */
export const HINTS: Readonly<Record<string, string>> = {
  '*/aiming': CROSSHAIR,
  '*/awaiting-corner': TWO_CORNERS,
  '*/drawing': 'Release to set the point. Shift: even sides, Alt: from the middle. Esc cancels',
  '*/panning': 'Release to go on',

  'box/idle': 'Drag or click two corners to draw. Enter draws by keyboard. Esc: select tool',
  'box/drawing': 'Release to keep the box. Shift: square, Alt: from the middle. Esc cancels',
  'box/awaiting-extreme':
    'Click the top, left, bottom and right of the object. Backspace takes a point back. Esc cancels',

  'rotated-box/idle': 'Drag along one edge of the object, or click its ends. Enter draws by keyboard',
  'rotated-box/drawing': 'Release at the end of the edge. Shift: steps of 15°. Esc cancels',
  'rotated-box/awaiting-edge':
    'Click the end of the edge, or arrows and Enter. Shift: steps of 15°. Esc cancels',
  'rotated-box/widening':
    'Click where the opposite edge lies, or arrows and Enter. Backspace goes back. Esc cancels',

  'polygon/idle':
    'Click corners or drag the outline. Alt: hole or part of the selected polygon. Enter: by keyboard',
  'polygon/drawing': `First point, Enter or C closes. ${PATH}`,
  'polyline/idle': 'Click along the line or drag. Enter draws by keyboard. Esc: select tool',
  'polyline/drawing': `Double-click, Enter or C ends. ${PATH}`,
  'points/idle': 'Click each point of the object. Alt: one point is one object. Enter draws by keyboard',
  'points/drawing': 'Click further points, Enter or C to keep them. Backspace takes one back. Esc cancels',

  'skeleton/idle': 'Drag around the object to place its skeleton. Enter draws by keyboard. Esc: select tool',
  'skeleton/drawing': 'Release to place the skeleton; then drag its joints with the select tool. Esc cancels',
  'ellipse/idle': 'Drag from corner to corner around the object. Enter draws by keyboard. Esc: select tool',
  'ellipse/drawing': 'Release to keep the ellipse. Shift: circle, Alt: from the middle. Esc cancels',
  'cuboid/idle': 'Drag over the near face, then click how deep it is. Enter draws by keyboard',
  'cuboid/drawing': 'Release at the opposite corner of the near face. Esc cancels',
  'cuboid/deepening':
    'Click where the far corner lies, or arrows and Enter. Backspace goes back. Esc cancels',

  'brush/idle':
    'Drag, or right drag for the reverse. Shift: line. Alt: outline. Alt+wheel: size. Esc: new mask',
  'brush/aiming': 'Arrows move the brush, Enter puts it down. Esc cancels',
  'brush/painting': 'Release to keep the stroke. Esc cancels',
  'brush/sweeping': 'Arrows paint, Shift 10 px, Ctrl 50 px. Enter lifts the brush. Esc takes the stroke back',
  'brush/outlining': 'Click or Enter sets corners; the first corner, double-click or C fills. Esc cancels',
  'scissors/idle': 'Click on the edge of the object. Enter draws by keyboard. Esc: select tool',
  'scissors/tracing':
    'Click fixes the wire. First point, double-click or C closes. Ctrl: straight. Backspace: one back',
  'wand/idle':
    'Click a colour. Shift adds to the selected mask, Alt takes away. + −: tolerance of that click',

  'select/translating': 'Release to put it here. Esc cancels',
  'select/resizing': 'Release to keep the size. Esc cancels',
  'select/marquee': 'To the right: what lies inside; to the left: what is touched too. Release to select',
  'select/lassoing': 'Release to select what lies inside the line. Esc cancels',
  'select/scaling': 'Shift keeps the ratio, Alt the middle. Release to keep the size. Esc cancels',
  'select/turning': 'Shift: steps of 15°. Release to keep it. Esc cancels',
  'select/moving-vertices': 'Release to put it here. Shift: steps of 15°, Ctrl: snapping. Esc cancels',
  'select/inserting-vertex': 'Release to put the new point here. Esc cancels',
  'select/picking-vertices': 'Release to choose the points inside. Shift adds. Esc cancels',
  'select/editing-vertices':
    'Tab: next point. Arrows move it, Shift 10 px, Alt 0.1 px. Insert adds, Del removes. Esc leaves',
  'cut/idle': 'Click or drag a line across what is selected, or across anything. Enter draws by keyboard',
  'cut/drawing':
    'Double-click, Enter or C cuts. Shift: steps of 15°. Backspace takes a point back. Esc cancels',
  'ruler/idle': 'Drag or click two places to measure. Enter measures by keyboard. Esc: select tool',
  'ruler/measuring': 'Release or click at the other end. Shift: steps of 15°. Esc cancels',
  'ruler/showing': 'Click to measure anew. Esc clears',
  'pan/idle': 'Drag to pan',
};

/** What is selected, as far as keys mean different things to it: one with edges, points or joints of its own, or only as a whole. */
export type SelectionKind = 'none' | 'whole' | 'edges' | 'points' | 'joints';

const MOVING = 'Arrows move, Shift 10 px; Ctrl+arrow: turn or scale.';

export const SELECTION_HINTS: Readonly<Record<SelectionKind, string>> = {
  none: 'Click to select, drag around to select many, Alt+drag freehand. Alt+click: what lies below',
  whole: `${MOVING} Del deletes`,
  edges: `${MOVING} Alt+arrow: an edge. Del deletes`,
  points: `${MOVING} Enter: points. Del deletes`,
  joints: `${MOVING} Enter: joints. Del deletes`,
};

export const JOINT_HINT =
  'Tab: next joint. Arrows move it, Shift 10 px. 0 not labelled, 1 hidden, 2 seen. Esc leaves';

/** What keys and mouse do in this state of the tool, in a line. */
export function toolHint(toolState: string, selection: SelectionKind): string {
  if (toolState === 'select/idle') return SELECTION_HINTS[selection];
  if (toolState === 'select/editing-vertices' && selection === 'joints') return JOINT_HINT;
  return HINTS[toolState] ?? HINTS[toolState.replace(/^[^/]*/, '*')] ?? '';
}
