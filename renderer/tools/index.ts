import { box } from './box/box';
import { pan } from './pan/pan';
import { select } from './select/select';
import type { Tool } from './tool';

/** Every tool, by id and folder. test/conformance/registries.test.ts holds this against the folders. */
export const TOOLS = { select, box, pan } as const satisfies Record<string, Tool>;

export type ToolId = keyof typeof TOOLS;

export function isToolId(id: string): id is ToolId {
  return Object.hasOwn(TOOLS, id);
}
