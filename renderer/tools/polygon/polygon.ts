import { keepObject } from '../parts/keep-object';
import type { PathDrawing, PathPurpose } from '../parts/path-drawing';
import { pathIdle } from '../parts/path-idle';
import type { Tool } from '../tool';
import { ofSelectedPolygon } from './of-selected-polygon';

const whole: PathPurpose = {
  noun: 'polygon',
  least: 3,
  most: Number.POSITIVE_INFINITY,
  replaces: null,
  shapeOf: (points) =>
    points.length < 3 ? null : { type: 'polygon', parts: [{ exterior: points, holes: [] }] },
  keep: (editor, points) => keepObject(editor, { type: 'polygon', parts: [{ exterior: points, holes: [] }] }),
};

const drawing: PathDrawing = {
  shapeType: 'polygon',
  noun: 'polygon',
  isClosed: true,
  isLine: true,
  purpose: whole,
  otherPurpose: ofSelectedPolygon,
};

/** Draws polygons by clicks, by drag, or wholly by keyboard; with Alt holes and parts of the selected one. */
export const polygon: Tool = { id: 'polygon', title: 'Polygon', initial: () => pathIdle(drawing) };
