import { createHash } from 'node:crypto';
import type { DatasetFolder, DatasetFormat } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { surveyedLine, takenLines } from '../../shared/imports/image-lines';
import { LabelSurveyor } from '../../shared/imports/survey-labels';
import { ImageTaker } from '../../shared/imports/take-labels';
import { visitLabels } from '../../shared/imports/visit-labels';
import {
  PICTURE_CLASS,
  type SurveyBatch,
  type TakeMapping,
  type TakenBatch,
} from '../../shared/ipc/channels/label-imports';
import { appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { type JobId, RelativeKey, type Sha256 } from '../../shared/schema/ids';

/** A batch is sent when either is reached: few messages, each small enough that the window stays live. */
const IMAGES_IN_A_SURVEY = 2000;
const PROBLEMS_IN_A_BATCH = 1000;
const IMAGES_IN_A_BATCH = 500;
const CHARS_IN_A_BATCH = 400_000;

export interface LabelPass {
  readonly format: DatasetFormat;
  readonly folder: DatasetFolder;
  readonly options: OptionValues;
  readonly jobId: JobId;
}

/** Resolves when the next batch may be made; false ends the reading. */
type Send<Batch> = (batch: Batch) => Promise<boolean>;

/** The first pass of an import: what there is, counted. At most one batch is held. */
export function surveyLabels(pass: LabelPass, send: Send<SurveyBatch>): Promise<Result<null>> {
  const { format, folder, options, jobId } = pass;
  const surveyor = new LabelSurveyor();
  let batch = 0;
  let images: string[] = [];
  let problems: SurveyBatch['problems'] = [];
  let counts = new Map<number, number>();
  const count = (classIndex: number) => counts.set(classIndex, (counts.get(classIndex) ?? 0) + 1);
  const flush = (isLast: boolean): Promise<boolean> => {
    const sent = send({
      jobId,
      batch,
      images: images.join('\n'),
      problems,
      isLast,
      survey: isLast ? surveyor.finish() : null,
    });
    batch += 1;
    images = [];
    problems = [];
    return sent;
  };
  return guarded(format, async () => {
    const isWhole = await visitLabels(format.read(folder, options), {
      label: (label) => surveyor.label(label),
      problem(problem) {
        surveyor.problem();
        problems.push({ ...problem });
      },
      image(image) {
        surveyor.image(image);
        counts = new Map();
        if (Object.keys(image.attributes ?? {}).length > 0) count(PICTURE_CLASS);
      },
      annotation(annotation, shape) {
        surveyor.annotation({ ...annotation, shape });
        count(annotation.classIndex);
      },
      endOfImage({ key, state }, saysSomething) {
        const parsed = RelativeKey.safeParse(key);
        if (saysSomething && parsed.success) {
          const isConfirmedEmpty = state === 'confirmedEmpty';
          images.push(surveyedLine({ key: parsed.data, isConfirmedEmpty, counts: [...counts].flat() }));
        }
        const isFull = images.length >= IMAGES_IN_A_SURVEY || problems.length >= PROBLEMS_IN_A_BATCH;
        return isFull ? flush(false) : true;
      },
    });
    return isWhole && (await flush(true));
  });
}

/** The second pass: the annotations in the form in which they are stored. */
export function takeLabels(
  pass: LabelPass,
  wish: { readonly mapping: TakeMapping; readonly skip: number; readonly keys: readonly string[] | null },
  send: Send<TakenBatch>,
): Promise<Result<null>> {
  const { format, folder, options, jobId } = pass;
  const taker = new ImageTaker(wish.mapping, nativeSha256);
  const wanted = wish.keys === null ? null : new Set(wish.keys);
  let batch = 0;
  let images: string[] = [];
  let chars = 0;
  let cursor = 0;
  const flush = (isLast: boolean): Promise<boolean> => {
    const sent = send({ jobId, batch, images: images.join('\n'), cursor, isLast });
    batch += 1;
    images = [];
    chars = 0;
    return sent;
  };
  return guarded(format, async () => {
    const isWhole = await visitLabels(format.read(folder, options), {
      label: () => undefined,
      problem: () => undefined,
      image: (image) => taker.begin(image),
      annotation: (annotation, shape) => taker.add(annotation, shape),
      endOfImage({ key }, saysSomething) {
        if (!saysSomething || !RelativeKey.safeParse(key).success) return true;
        cursor += 1;
        const image = cursor > wish.skip && (wanted === null || wanted.has(key)) ? taker.end() : null;
        if (image === null) return true;
        images.push(takenLines(image));
        chars += image.text.length;
        return images.length >= IMAGES_IN_A_BATCH || chars >= CHARS_IN_A_BATCH ? flush(false) : true;
      },
    });
    return isWhole && (await flush(true));
  });
}

/** Ten times as fast as the one in JavaScript. */
function nativeSha256(text: string): Sha256 {
  return createHash('sha256').update(text, 'utf8').digest('hex') as Sha256;
}

async function guarded(format: DatasetFormat, work: () => Promise<boolean>): Promise<Result<null>> {
  try {
    if (await work()) return ok(null);
    return err(appError('job.cancelled', 'Reading the labels was cancelled.'));
  } catch (thrown) {
    return err(unexpectedError(thrown, `reading ${format.title} labels`));
  }
}
