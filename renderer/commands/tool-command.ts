import type { ToolOptions } from '../editor/tool-options';
import type { ToolId } from '../tools';
import type { Chord } from './chord';
import type { Command } from './command';
import { withImage } from './conditions';
import { focusCanvas } from './focus-canvas';
import { isHeldByDraft } from './hold-draft';

/** The command that takes a tool in hand, with the options that make it the one meant (brush or eraser). */
export function toolCommand(tool: {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly Chord[];
  readonly toolId: ToolId;
  readonly options?: Partial<ToolOptions>;
}): Command {
  return {
    id: tool.id,
    label: tool.label,
    category: 'Tool',
    scope: 'label',
    keys: tool.keys,
    isAvailable: withImage,
    run({ services }) {
      const { editor } = services;
      const takeInHand = () => {
        if (tool.options !== undefined) editor.setToolOptions(tool.options);
        editor.setTool(tool.toolId);
        focusCanvas();
      };
      if (!isHeldByDraft(services, takeInHand)) takeInHand();
    },
  };
}
