import type { DatasetFolder } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import {
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { streamElements } from '../parts/json/stream-elements';
import { isPicturePath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import type { LabelStudioFile } from './find-label-studio-files';
import type { LabelConfig } from './label-config';

const ROOT: ReadonlySet<string> = new Set(['']);
const MAX_TASK_BYTES = 128 * 1024 * 1024;

/** The tasks of a file as records; what is none is reported and passed over. */
export async function* tasksOf(
  folder: DatasetFolder,
  { path, isList }: LabelStudioFile,
  problems: ProblemQueue,
): AsyncGenerator<JsonRecord> {
  if (!isList) {
    const parsed = await parseJsonFile(folder, path, MAX_TASK_BYTES);
    if (!parsed.ok) {
      problems.error(
        parsed.code,
        path,
        `${path} could not be read: ${parsed.reason}. Export it again from Label Studio.`,
      );
    } else if (isRecord(parsed.value)) yield asTask(parsed.value);
    return;
  }
  const stream = streamElements(folder, path, ROOT);
  let next = await stream.next();
  let count = 0;
  for (; !next.done; next = await stream.next()) {
    for (const element of next.value.elements) {
      count += 1;
      if (isRecord(element)) yield asTask(element);
      else
        problems.error(
          'label-studio-bad-task',
          path,
          `Task ${count} of ${path} is no object; it was left out.`,
        );
    }
  }
  if (next.value.fault !== null) {
    problems.error(
      'label-studio-malformed',
      path,
      `${path} is not a whole export: ${next.value.fault}. What came before was read; export it again from Label Studio.`,
    );
  }
}

/** Storage holds the annotation with its task inside. */
function asTask(record: JsonRecord): JsonRecord {
  if (!isRecord(record.task) || !Array.isArray(record.result)) return record;
  const { task, ...annotation } = record;
  return { ...record.task, annotations: [annotation] };
}

export interface TaskPicture {
  readonly key: string;
  /** Which field of the task's data shows it, and which of the pictures there. */
  readonly field: string;
  readonly index: number;
}

/** The pictures of a task: what the config's `<Image>` shows, else the field of its data that names pictures. */
export function picturesOfTask(
  task: JsonRecord,
  config: LabelConfig | null,
): { readonly pictures: readonly TaskPicture[]; readonly fields: ReadonlySet<string> } {
  const data = recordFrom(task.data);
  const named = [...new Set(config?.imageFields.values() ?? [])].filter((field) =>
    Object.hasOwn(data, field),
  );
  const fields = named.length > 0 ? named : guessedField(data);
  const pictures = fields.flatMap((field) => {
    const value = data[field];
    const names = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    return names.flatMap((name, index): readonly TaskPicture[] => {
      const key = keyOf(name);
      return key === null ? [] : [{ key, field, index }];
    });
  });
  return { pictures, fields: new Set(fields) };
}

/** The key of a picture by its path or address; a picture that lies in the text itself has none. */
function keyOf(name: unknown): string | null {
  return typeof name !== 'string' || /^data:/i.test(name) ? null : (keyFromFileName(name)?.key ?? null);
}

/** The names that templates give the picture come first. */
const USUAL_FIELDS = ['image', 'images', 'img', 'picture', 'photo', 'url'];

function guessedField(data: JsonRecord): readonly string[] {
  const isPicture = (value: unknown): boolean => {
    const key = keyOf(value);
    return key !== null && isPicturePath(key);
  };
  const fields = Object.keys(data).filter((field) => {
    const value = data[field];
    return Array.isArray(value) ? value.length > 0 && value.every(isPicture) : isPicture(value);
  });
  const usual = USUAL_FIELDS.find((field) => fields.includes(field)) ?? fields[0];
  return usual === undefined ? [] : [usual];
}

/** What was said of a task, of all that it holds. */
export interface ChosenResult {
  readonly items: readonly unknown[];
  /** Of a prediction as a whole; null for what a person did. */
  readonly score: number | null;
  readonly isPrediction: boolean;
}

export interface Choice {
  /** Null when nobody has said anything yet, or everybody skipped the task. */
  readonly chosen: ChosenResult | null;
  /** How many further annotations there are that were not skipped. */
  readonly others: number;
  readonly isSkipped: boolean;
}

/** The newest annotation that was not cancelled; else, where that is wanted, the surest prediction. */
export function chosenResult(task: JsonRecord, withPredictions: boolean): Choice {
  const annotations = [...listFrom(task.annotations), ...listFrom(task.completions)].filter(isRecord);
  const valid = annotations.filter(
    (annotation) =>
      annotation.was_cancelled !== true && annotation.skipped !== true && Array.isArray(annotation.result),
  );
  const [newest] = valid
    .map((annotation, at) => ({ annotation, at, time: timeOf(annotation) }))
    .sort((a, b) => b.time - a.time || b.at - a.at);
  if (newest !== undefined) {
    const chosen = { items: listFrom(newest.annotation.result), score: null, isPrediction: false };
    return { chosen, others: valid.length - 1, isSkipped: false };
  }
  const isSkipped = annotations.length > 0;
  const predictions = listFrom(task.predictions)
    .filter(isRecord)
    .filter(({ result }) => Array.isArray(result));
  const [surest] = predictions
    .map((prediction) => ({ prediction, score: numberFrom(prediction.score) }))
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
  if (!withPredictions || isSkipped || surest === undefined) return { chosen: null, others: 0, isSkipped };
  const { prediction, score } = surest;
  const chosen = { items: listFrom(prediction.result), score, isPrediction: true };
  return { chosen, others: predictions.length - 1, isSkipped: false };
}

/** When an annotation was last changed; 0 when it does not say. */
function timeOf({ updated_at, created_at }: JsonRecord): number {
  const text = textFrom(updated_at, 100) ?? textFrom(created_at, 100);
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) ? time : 0;
}
