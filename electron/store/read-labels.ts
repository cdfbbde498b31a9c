import type { DatasetFolder, DatasetFormat, DatasetImage } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { takenShape } from '../../shared/imports/taken-shape';
import type { ImportBatch } from '../../shared/ipc/channels/datasets';
import { appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';

type ImportedImage = ImportBatch['images'][number];

/** A batch is sent when either is reached: few messages, each small enough that the window stays live. */
const IMAGES_IN_A_BATCH = 500;
const ANNOTATIONS_IN_A_BATCH = 5000;
const PROBLEMS_IN_A_BATCH = 1000;

/**
 * Reads a dataset and hands it over in batches, grouped by image; a key may come again in a later batch when several files
 * of the dataset name it. Readers give each image directly before its annotations, so at most one batch is held.
 * @param send resolves when the next batch may be made; false ends the reading.
 */
export async function readLabels(
  format: DatasetFormat,
  folder: DatasetFolder,
  { jobId, options }: { readonly jobId: JobId; readonly options: OptionValues },
  send: (batch: ImportBatch) => Promise<boolean>,
): Promise<Result<null>> {
  let batch = 0;
  let labels: ImportBatch['labels'] = [];
  let images: ImportedImage[] = [];
  let problems: ImportBatch['problems'] = [];
  let annotations = 0;
  let image: ImportedImage | null = null;

  const addImage = (): void => {
    // An image that is neither labelled nor confirmed empty says nothing.
    if (image !== null && (image.annotations.length > 0 || image.isConfirmedEmpty)) images.push(image);
    image = null;
  };
  const flush = async (isLast: boolean): Promise<boolean> => {
    const mayGoOn = await send({ jobId, batch, labels, images, problems, isLast });
    batch += 1;
    labels = [];
    images = [];
    problems = [];
    annotations = 0;
    return mayGoOn;
  };

  try {
    for await (const event of format.read(folder, options)) {
      switch (event.type) {
        case 'label':
          labels.push({ ...event.label });
          break;
        case 'image': {
          addImage();
          const isFull =
            images.length >= IMAGES_IN_A_BATCH ||
            annotations >= ANNOTATIONS_IN_A_BATCH ||
            problems.length >= PROBLEMS_IN_A_BATCH;
          if (isFull && !(await flush(false))) return err(cancelled());
          image = importedImage(event.image);
          break;
        }
        case 'annotation': {
          // Its key is that of the image that came before.
          const { imageKey, attributes, ...said } = event.annotation;
          const taken = takenShape(said.shape, imageKey);
          problems.push(...taken.problems);
          if (taken.shape === null) break;
          image?.annotations.push({ ...said, shape: taken.shape, attributes: { ...attributes } });
          annotations += 1;
          break;
        }
        case 'problem':
          problems.push({ ...event.problem });
          break;
      }
    }
    addImage();
    return (await flush(true)) ? ok(null) : err(cancelled());
  } catch (thrown) {
    return err(unexpectedError(thrown, `reading ${format.title} labels`));
  }
}

function importedImage({ key, state, split, attributes, frame }: DatasetImage): ImportedImage {
  return {
    key,
    isConfirmedEmpty: state === 'confirmedEmpty',
    split,
    ...(attributes === undefined ? {} : { attributes: { ...attributes } }),
    ...(frame === undefined ? {} : { frame }),
    annotations: [],
  };
}

function cancelled() {
  return appError('job.cancelled', 'Reading the labels was cancelled; nothing was imported.');
}
