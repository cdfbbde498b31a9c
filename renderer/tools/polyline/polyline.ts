import { keepObject } from '../parts/keep-object';
import type { PathDrawing, PathPurpose } from '../parts/path-drawing';
import { pathIdle } from '../parts/path-idle';
import type { Tool } from '../tool';

const line: PathPurpose = {
  noun: 'polyline',
  least: 2,
  most: Number.POSITIVE_INFINITY,
  replaces: null,
  shapeOf: (points) => (points.length < 2 ? null : { type: 'polyline', points }),
  keep: (editor, points) => keepObject(editor, { type: 'polyline', points }),
};

const drawing: PathDrawing = {
  shapeType: 'polyline',
  noun: 'polyline',
  isClosed: false,
  isLine: true,
  purpose: line,
  otherPurpose: () => null,
};

/** Draws open lines by clicks, by drag, or wholly by keyboard. */
export const polyline: Tool = { id: 'polyline', title: 'Polyline', initial: () => pathIdle(drawing) };
