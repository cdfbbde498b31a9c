import { box } from './box/box';
import { brush } from './brush/brush';
import { cuboid } from './cuboid/cuboid';
import { cut } from './cut/cut';
import { ellipse } from './ellipse/ellipse';
import { pan } from './pan/pan';
import { points } from './points/points';
import { polygon } from './polygon/polygon';
import { polyline } from './polyline/polyline';
import { rotatedBox } from './rotated-box/rotated-box';
import { ruler } from './ruler/ruler';
import { scissors } from './scissors/scissors';
import { select } from './select/select';
import { skeleton } from './skeleton/skeleton';
import type { Tool } from './tool';
import { wand } from './wand/wand';

/** Every tool, by id and folder. test/conformance/registries.test.ts holds this against the folders. */
export const TOOLS = {
  select,
  pan,
  box,
  'rotated-box': rotatedBox,
  polygon,
  polyline,
  points,
  skeleton,
  ellipse,
  cuboid,
  brush,
  scissors,
  wand,
  cut,
  ruler,
} as const satisfies Record<string, Tool>;

export type ToolId = keyof typeof TOOLS;

export function isToolId(id: string): id is ToolId {
  return Object.hasOwn(TOOLS, id);
}
