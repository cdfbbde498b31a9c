import { pasteAnnotations } from '../../shared/actions/paste-annotations';
import { canonicalJson } from '../../shared/document/canonical-json';
import type { ChangeSet } from '../../shared/document/change-set';
import type { Annotation } from '../../shared/schema/annotation';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import type { Services } from '../app/services';
import { usableLabels } from '../commands/label-for-key';
import { plural } from '../components/quantity';
import type { CopiedObjects } from './copied-objects';
import { type FittedObjects, fitToSchema } from './fit-to-schema';

/** Pastes what was copied into the open image, selects it and says whatever did not come through as it was. */
export function pasteObjects(
  services: Services,
  copied: CopiedObjects,
  instead: LabelDefinition | null = null,
) {
  const { editor, toasts } = services;
  const document = editor.document;
  if (document === null) return;
  const fitted = fitToSchema(copied, editor.schema, instead);
  if (fitted.annotations.length === 0) {
    toasts.show({ message: `Nothing was pasted: ${keptBack(fitted)}.`, ...wayOut(services, copied, fitted) });
    return;
  }
  const change = editor.tryAction(pasteAnnotations, { annotations: fitted.annotations });
  if (!change.ok) return void toasts.show({ message: change.error.message });
  const notes = notesOn(change.value, fitted, [...document.annotations.values()]);
  editor.commit(change.value);
  editor.select(change.value.added.map(({ id }) => id));
  const pasted = `Pasted ${plural(change.value.added.length, 'object')}`;
  editor.announce(pasted);
  if (notes.length > 0) {
    toasts.show({ message: `${pasted}: ${notes.join('; ')}.`, ...wayOut(services, copied, fitted) });
  }
}

/** What a person would not see at a glance. */
function notesOn(change: ChangeSet, fitted: FittedObjects, before: readonly Annotation[]): string[] {
  const cut = change.added.filter((one, n) => !hasSameShape(one, fitted.annotations[n]?.shape)).length;
  const there = new Set(before.map(({ shape, labelId }) => canonicalJson({ shape, labelId })));
  const over = change.added.filter(({ shape, labelId }) =>
    there.has(canonicalJson({ shape, labelId })),
  ).length;
  return [
    ...(over > 0 ? [`${over} exactly over the same object`] : []),
    ...(cut > 0 ? [`${cut} cut or moved to lie inside this image`] : []),
    ...(fitted.left.length > 0 ? [`${fitted.left.length} left out, ${keptBack(fitted)}`] : []),
    ...(fitted.droppedAnswers > 0 ? [`${plural(fitted.droppedAnswers, 'answer')} not asked here`] : []),
  ];
}

function hasSameShape(one: Annotation, shape: Annotation['shape'] | undefined): boolean {
  return shape !== undefined && canonicalJson(one.shape) === canonicalJson(shape);
}

function keptBack({ reasons }: FittedObjects): string {
  return [...reasons].map(([reason, count]) => (count > 1 ? `${reason} (${count})` : reason)).join(', ');
}

/** What has no label here may get the one that is chosen. */
function wayOut(services: Services, copied: CopiedObjects, { left }: FittedObjects) {
  const { editor } = services;
  const label = usableLabels(editor.schema).find(({ id }) => id === editor.session.activeLabelId);
  if (label === undefined || left.length === 0) return {};
  const rest = { ...copied, objects: [...left] };
  if (fitToSchema(rest, editor.schema, label).annotations.length === 0) return {};
  return {
    action: { label: `Paste as ${label.name}`, run: () => pasteObjects(services, rest, label) },
    staysForMs: 15_000,
  };
}
