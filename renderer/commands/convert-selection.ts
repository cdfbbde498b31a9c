import { convertAnnotations, lossesOfConversion } from '../../shared/actions/convert-annotations';
import type { ConversionTarget } from '../../shared/conversions';
import { SHAPES } from '../../shared/shapes';
import type { Services } from '../app/services';
import type { Command } from './command';
import { withSelection } from './conditions';
import { runAction, selectedIds } from './run-action';
import { showUndoable } from './show-undoable';

/** As many losses are said word by word; of more, how many they are. */
const MOST_SAID = 2;

/** Converts the selected objects and says what is lost by it, with the way back. */
export function convertSelection(services: Services, to: ConversionTarget): void {
  const said = lossOfSelection(services, to);
  const args = argsFor(services, to);
  if (!runAction(services, convertAnnotations, args)) return;
  showUndoable(services, `Converted to ${SHAPES[to].title.toLowerCase()}. ${said ?? 'Nothing is lost.'}`);
}

/** What converting would lose, as a sentence; null when nothing, or when it cannot be done. */
export function lossOfSelection(services: Services, to: ConversionTarget): string | null {
  const { document } = services.editor;
  if (document === null) return null;
  const losses = lossesOfConversion(document, argsFor(services, to));
  if (!losses.ok || losses.value.length === 0) return null;
  const kinds = [...new Set(losses.value)];
  const more = kinds.length - MOST_SAID;
  return `Not kept: ${kinds.slice(0, MOST_SAID).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function argsFor(services: Services, to: ConversionTarget) {
  const { simplifyTolerance } = services.editor.session.toolOptions;
  return { ids: selectedIds(services), to, options: { simplifyTolerance } };
}

/** The command that converts to one kind of shape, for the palette and for keys of one's own. */
export function convertCommand(id: string, label: string, to: ConversionTarget): Command {
  return {
    id,
    label,
    category: 'Object',
    scope: 'label',
    keys: [],
    isAvailable: withSelection,
    run: ({ services }) => convertSelection(services, to),
  };
}
