import { pasteAnnotations } from '../../shared/actions/paste-annotations';
import type { ImageDocument } from '../../shared/document/image-document';
import { appError } from '../../shared/result/app-error';
import { err } from '../../shared/result/result';
import type { ImageId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { undoGroup } from '../app/undo-group';
import { copiedFrom } from '../clipboard/copied-objects';
import { fitToSchema } from '../clipboard/fit-to-schema';
import { selectedAnnotations } from '../commands/run-action';
import { plural } from '../components/quantity';
import type { EditOfMany } from '../persistence/ports';
import { createAnswerSets } from '../quality/answers/answer-sets';
import { findingsOf } from './findings';
import type { Workspace } from './workspace';

/** Most images at once: their changes are held in memory until they are stored together. */
export const MOST_PROPAGATED_IMAGES = 500;

/** Names that a message lists; the count is always complete. */
const MOST_NAMES = 3;

export interface PropagateOptions {
  /** How many of the images after the open one, in the order of the list as it is filtered. */
  readonly imageCount: number;
  /** Attributes, flags and notes go along; without, copies start with the label's defaults. */
  readonly withAttributes: boolean;
  readonly skipsLabelled: boolean;
}

/**
 * Copies the selected objects to the images that follow, at their place, as one change of the project. Progress is in
 * the tray; what was left alone is listed. Undo of an image never reaches it: the toast and the history take it back.
 */
export async function propagateSelection(
  services: Services,
  workspace: Workspace,
  options: PropagateOptions,
): Promise<void> {
  const { editor, persistence, jobs, toasts } = services;
  const { list, index } = workspace.rail.get();
  const project = workspace.project.get();
  const document = editor.document;
  const selected = selectedAnnotations(services);
  if (list === null || document === null || selected.length === 0 || index < 0) return;

  const from = { projectId: project.id, imageId: document.imageId };
  const fitted = fitToSchema(copiedFrom(from, selected, editor.schema), editor.schema);
  if (fitted.annotations.length === 0) {
    toasts.show({ message: `Nothing was propagated: ${[...fitted.reasons.keys()].join(', ')}.` });
    return;
  }
  const annotations = options.withAttributes
    ? fitted.annotations
    : fitted.annotations.map(({ note: _, ...one }) => ({
        ...one,
        attributes: {},
        isOccluded: false,
        isTruncated: false,
        isCrowd: false,
      }));
  const count = Math.min(options.imageCount, MOST_PROPAGATED_IMAGES);
  const images = await list.window(index + 1, Math.min(list.total, index + 1 + count));
  const answers = createAnswerSets(persistence, project.id);
  const objects = plural(annotations.length, 'object');
  const label = `Propagate ${objects} to ${plural(images.length, 'image')}`;
  const imageIds: ImageId[] = [];
  for (const { id } of images) {
    // Where this person answers apart from others, the copies are part of their answer.
    const set = await answers.openSetFor(id);
    if (!set.ok) return void toasts.show({ tone: 'error', message: set.error.message });
    imageIds.push(set.value);
  }
  const context = {
    actor: persistence.actor(),
    at: new Date().toISOString(),
    newId: () => crypto.randomUUID(),
    schema: editor.schema,
  };
  const edit: EditOfMany = {
    code: 'annotation.propagate',
    label,
    imageIds,
    change(target) {
      const reason = reasonToLeave(target, options);
      if (reason !== null) return err(appError('usage.bad-arguments', reason));
      return pasteAnnotations.run(target, { annotations }, context);
    },
    hasFinding: (target) => findingsOf(target, context.schema, services.rules).length > 0,
  };

  const line = jobs.start({ title: label });
  const settled = await editor.settled();
  const done = settled.ok
    ? await persistence.annotations.editMany(project.id, edit, (stored) =>
        line.progress({
          done: stored,
          total: images.length,
          unit: 'images',
          perSecond: null,
          secondsLeft: null,
        }),
      )
    : settled;
  if (!done.ok) return line.fail(done.error);
  const { changeId, images: reached, refused } = done.value;
  const left = [...refusals(refused), ...withoutLabel(fitted.left.length)].join(' ');
  const message = `Propagated ${objects} to ${plural(reached, 'image')}. ${left}`.trim();
  line.done(message);
  toasts.show({
    message,
    staysForMs: 20_000,
    ...(changeId === null
      ? {}
      : {
          action: {
            label: 'Undo',
            async run() {
              const undone = await undoGroup(services, {
                projectId: project.id,
                changeId,
                name: 'the propagation',
              });
              if (undone.ok) toasts.show({ message: `Taken back on ${plural(reached, 'image')}.` });
              else toasts.show({ tone: 'error', message: undone.error.message });
            },
          },
        }),
  });
}

function reasonToLeave({ status, annotations }: ImageDocument, options: PropagateOptions): string | null {
  if (status.state === 'confirmedEmpty') return 'is confirmed empty';
  const isLabelled = annotations.size > 0 || status.state === 'labelled';
  return options.skipsLabelled && isLabelled ? 'has objects already' : null;
}

function refusals(
  refused: readonly { readonly key: string; readonly error: { readonly message: string } }[],
): readonly string[] {
  if (refused.length === 0) return [];
  const named = refused.slice(0, MOST_NAMES).map(({ key, error }) => {
    const name = key.slice(key.lastIndexOf('/') + 1);
    // Reasons of the propagation itself go on from the name; errors are sentences of their own.
    return /^[a-z]/.test(error.message) ? `${name} ${error.message}` : `${name}: ${error.message}`;
  });
  const more = refused.length - named.length;
  return [`${refused.length} left alone: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

function withoutLabel(count: number): readonly string[] {
  return count === 0 ? [] : [`${plural(count, 'object')} stayed behind, their label takes nothing new.`];
}
