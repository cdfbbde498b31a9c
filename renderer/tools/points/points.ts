import { keepObject } from '../parts/keep-object';
import type { PathDrawing, PathPurpose } from '../parts/path-drawing';
import { pathIdle } from '../parts/path-idle';
import type { Tool } from '../tool';

const group: PathPurpose = {
  noun: 'group of points',
  least: 1,
  most: Number.POSITIVE_INFINITY,
  replaces: null,
  shapeOf: (points) => (points.length === 0 ? null : { type: 'points', points }),
  keep: (editor, points) => keepObject(editor, { type: 'points', points }),
};

/** With Alt each click is an object of its own. */
const single: PathPurpose = { ...group, noun: 'point', most: 1 };

const drawing: PathDrawing = {
  shapeType: 'points',
  noun: 'points',
  isClosed: false,
  isLine: false,
  purpose: group,
  otherPurpose: () => single,
};

/** Sets single places, as many as make one object. */
export const points: Tool = { id: 'points', title: 'Points', initial: () => pathIdle(drawing) };
