import { expect, it } from 'vitest';
import {
  HINTS,
  JOINT_HINT,
  SELECTION_HINTS,
  toolHint,
} from '../../../../renderer/workspace/status-line/tool-hint';

/** What the status line holds of its 12 px letters beside a full receipt, at a window of 1280 px. */
const MOST_LETTERS = 98;

it('has lines that are read whole in a small window', () => {
  const lines = [...Object.values(HINTS), ...Object.values(SELECTION_HINTS), JOINT_HINT];
  expect(lines.filter((line) => line.length > MOST_LETTERS)).toEqual([]);
});

it('says what Enter and the digits do only where they do it', () => {
  expect(toolHint('select/idle', 'whole')).not.toContain('Enter');
  expect(toolHint('select/idle', 'points')).toContain('Enter: points');
  expect(toolHint('select/idle', 'points')).not.toContain('edge');
  expect(toolHint('select/idle', 'edges')).toContain('Alt+arrow: an edge');
  expect(toolHint('select/editing-vertices', 'joints')).toContain('1 hidden');
  expect(toolHint('select/editing-vertices', 'points')).toContain('Insert adds');
});
