import { z } from 'zod';
import { takenImages } from '../../shared/imports/image-lines';
import { OptionValuesSchema } from '../../shared/ipc/channels/dataset-formats';
import { TakeMapping, type TakenBatch } from '../../shared/ipc/channels/label-imports';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { type ChangeId, type ProjectId, SourceId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { count, plural } from '../components/quantity';
import type { IncomingImage, StoredImport } from '../persistence/ports';
import type { LabelRequest } from './label-request';
import type { TargetImage } from './match-dataset';
import { createPace } from './pace';
import { takeDataset } from './take-dataset';

/** What is kept of an import so that it can go on after a restart. */
export const KeptImport = z.object({
  request: z.object({
    sourceId: SourceId,
    sourceName: z.string(),
    formatId: z.string(),
    formatTitle: z.string(),
    options: OptionValuesSchema,
    imageSourceIds: z.array(SourceId),
  }),
  mapping: TakeMapping,
  /** Images and annotations that the files held; when they hold others now, the place to go on from means nothing. */
  images: z.number(),
  annotations: z.number(),
});
export type KeptImport = z.infer<typeof KeptImport>;

/** Stores the images of an import behind `from` with a line in the tray; the window stays live. */
export async function storeLabels(
  services: Pick<Services, 'bridge' | 'persistence' | 'editor' | 'jobs'>,
  input: {
    readonly projectId: ProjectId;
    readonly changeId: ChangeId;
    readonly title: string;
    readonly request: LabelRequest;
    readonly mapping: TakeMapping;
    readonly targetByKey: ReadonlyMap<string, TargetImage>;
    readonly from: number;
    /** Images of the survey. */
    readonly total: number;
  },
): Promise<Result<StoredImport>> {
  const { persistence, editor, jobs } = services;
  const { projectId, changeId } = input;
  const stop = new AbortController();
  const line = jobs.start({ title: input.title, cancel: () => stop.abort() });
  const pace = createPace('images', input.total, input.from);
  let stored: StoredImport | null = null;

  const store = async (batch: TakenBatch): Promise<Result<null>> => {
    const images = takenImages(batch.images).flatMap((image): IncomingImage[] => {
      const target = input.targetByKey.get(image.key);
      if (target === undefined) return [];
      const { key: _, ...labels } = image;
      return [{ ...labels, imageId: target.id, ordinal: target.ordinal }];
    });
    const openId = editor.document?.imageId;
    const isOpen = images.some((image) => image.imageId === openId);
    // Edits of the open picture must be stored before the import changes it under the editor.
    if (isOpen) {
      const settled = await editor.settled();
      if (!settled.ok) return settled;
    }
    const added = await persistence.annotations.addToImport(projectId, changeId, {
      images,
      cursor: batch.cursor,
      isLast: batch.isLast,
    });
    if (!added.ok) return added;
    stored = added.value;
    if (isOpen) await editor.reload();
    const progress = pace.at(batch.cursor);
    if (progress !== null) line.progress(progress, `${count(added.value.annotations)} annotations`);
    return ok(null);
  };

  const wish = { mapping: input.mapping, skip: input.from, keys: null };
  const outcome = await takeDataset(services, input.request, wish, stop.signal, store);
  // TypeScript does not see that the batches set it.
  const last = stored as StoredImport | null;
  if (outcome.ok && last !== null) {
    line.done(describeStored(last));
    return ok(last);
  }
  const error = outcome.ok
    ? appError('internal.unexpected', 'The labels ended before they began. Import them again.')
    : outcome.error;
  if (error.code === 'job.cancelled') {
    line.done(
      `Stopped after ${plural(last?.images ?? 0, 'image')}. Go on or take it back above the pictures.`,
    );
  } else {
    line.fail(error);
  }
  return err(error);
}

/** `Imported 5 annotations in 3 images.` */
export function describeStored({
  annotations,
  images,
}: Pick<StoredImport, 'annotations' | 'images'>): string {
  return `Imported ${plural(annotations, 'annotation')} in ${plural(images, 'image')}.`;
}
