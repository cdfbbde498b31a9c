import { strFromU8 } from 'fflate';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetImage, DatasetLabel } from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { endOfString, parsedElement } from '../parts/json/element-texts';
import { attributesFrom, isRecord, type JsonRecord, listFrom } from '../parts/json/json-values';
import { streamElements } from '../parts/json/stream-elements';
import { nameOf } from '../parts/picture-index';
import { ProblemQueue } from '../parts/problem-queue';
import { annotationFromRecord } from '../parts/records/annotation-record';
import { imageFromRecord } from '../parts/records/image-record';
import { isClassIndex, labelFromRecord } from '../parts/records/label-record';
import { reportUnseen } from '../parts/report-unseen';
import { splitFromName } from '../parts/split-name';
import { findShards, type Shards } from './find-shards';
import { readSamples, type Sample } from './read-samples';

/** JSON of our own making nests six deep. */
const MAX_DEPTH = 64;

/**
 * Samples of our own hold everything of an image in their JSON. Of others the class (`.cls`), a caption (`.txt`) and the
 * plain fields of a `.json` are taken; for the classes their shards are read once before.
 */
export async function* readWebdataset(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const shards = await findShards(folder);
  if (shards.paths.length === 0 && shards.labelsPath === null) {
    problems.error(
      'format-unrecognised',
      '',
      'No shards were found. WebDataset is .tar files of pictures and of what is said of them.',
    );
    yield* problems.close('');
    return;
  }
  const labels =
    shards.labelsPath === null
      ? await classesOf(folder, shards)
      : await listed(folder, shards.labelsPath, problems);
  const classes = new Set(labels.map((label) => label.classIndex));
  for (const label of labels) yield { type: 'label', label };
  const seen = new Set<string>();
  for await (const sample of readSamples(folder, shards.paths, problems, false)) {
    const events = eventsOf(sample, classes, seen, problems);
    yield* problems.drain();
    yield* events;
  }
  yield* problems.close('');
}

/** Pictures of the samples, by the keys that reading gives their images. */
export async function* picturesOfShards(folder: DatasetFolder) {
  const { paths } = await findShards(folder);
  const seen = new Set<string>();
  for await (const sample of readSamples(folder, paths, new ProblemQueue(), true)) {
    const key = keyOf(sample, recordOf(sample));
    if (key === null || seen.has(key)) continue;
    seen.add(key);
    if (sample.picture !== null) yield { key, bytes: sample.picture };
  }
}

async function listed(
  folder: DatasetFolder,
  path: string,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const labels: DatasetLabel[] = [];
  const numbers = new Set<number>();
  const stream = streamElements(folder, path, new Set(['labels']));
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    for (const element of next.value.elements) {
      const label = labelFromRecord(element);
      if (label === null || numbers.has(label.classIndex)) {
        problems.error(
          'webdataset-bad-label',
          path,
          `A label in ${path} has no name or number of its own; it was left out.`,
        );
      } else {
        numbers.add(label.classIndex);
        labels.push(label);
      }
    }
  }
  if (next.value.fault !== null) {
    problems.error(
      'webdataset-malformed',
      path,
      `${path} is not whole: ${next.value.fault}. Classes may be missing; export the dataset again.`,
    );
  }
  return labels;
}

/** Classes of shards that others made: a number is all that is known of them. */
async function classesOf(folder: DatasetFolder, shards: Shards): Promise<readonly DatasetLabel[]> {
  const numbers = new Set<number>();
  for await (const sample of readSamples(folder, shards.paths, new ProblemQueue(), false)) {
    const number = classOf(sample);
    if (number !== null) numbers.add(number);
  }
  return [...numbers]
    .sort((a, b) => a - b)
    .map((classIndex) => ({ classIndex, name: `class-${classIndex}`, supercategory: null }));
}

function classOf({ texts }: Sample): number | null {
  const text = texts.get('cls');
  const number = text === undefined ? Number.NaN : Number(strFromU8(text.subarray(0, 32)).trim() || 'none');
  return isClassIndex(number) ? number : null;
}

/** The JSON of a sample; null when it has none or it is damaged. */
function recordOf({ texts }: Sample): JsonRecord | null {
  const bytes = texts.get('json');
  if (bytes === undefined) return null;
  const text = strFromU8(bytes).replace(/^\ufeff/, '');
  if (depthOf(text) > MAX_DEPTH) return null;
  const value = parsedElement(text);
  return isRecord(value) ? value : null;
}

/** How deep brackets nest, those inside strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === ']' || char === '}') depth -= 1;
  }
  return deepest;
}

function isOurs(record: JsonRecord | null): record is JsonRecord {
  return record !== null && typeof record.key === 'string' && Array.isArray(record.annotations);
}

function keyOf({ key, pictureExtension }: Sample, record: JsonRecord | null): string | null {
  if (isOurs(record)) return keyFromFileName(String(record.key))?.key ?? null;
  return keyFromFileName(`${key}.${pictureExtension === '' ? 'jpg' : pictureExtension}`)?.key ?? null;
}

function eventsOf(
  sample: Sample,
  classes: ReadonlySet<number>,
  seen: Set<string>,
  problems: ProblemQueue,
): readonly DatasetEvent[] {
  const { shard, texts } = sample;
  const place = `Sample ${sample.key.slice(0, 200)} of ${shard}`;
  const record = recordOf(sample);
  if (record === null && texts.has('json')) {
    problems.error(
      'webdataset-malformed',
      shard,
      `${place} has a .json that is none; its labels were left out.`,
    );
  }
  const key = keyOf(sample, record);
  if (key === null) {
    problems.error(
      'webdataset-bad-key',
      shard,
      `${place} is called by no path inside a folder; it was left out.`,
    );
    return [];
  }
  if (seen.has(key)) {
    problems.error(
      'webdataset-duplicate-image',
      shard,
      `${place} is ${key} a second time; it was left out. Give each sample its own name.`,
    );
    return [];
  }
  seen.add(key);
  const onDropped = (name: string) =>
    problems.warning(
      'attribute-dropped',
      shard,
      `${place} has a field "${name.slice(0, 100)}" that is neither text, number nor yes/no; it was left out.`,
    );
  const made = isOurs(record)
    ? ourEvents(record, key, onDropped, (reason) =>
        problems.error(
          'webdataset-bad-annotation',
          shard,
          `An annotation of ${place} ${reason}; it was left out.`,
        ),
      )
    : foreignEvents(sample, record, key, onDropped);
  const known = made.annotations.filter(({ classIndex }) => {
    if (classes.has(classIndex)) return true;
    problems.error(
      'webdataset-unknown-class',
      shard,
      `${place} has the class ${classIndex}, which no list names; it was left out.`,
    );
    return false;
  });
  return [
    { type: 'image', image: made.image },
    ...known.map((annotation) => ({ type: 'annotation' as const, annotation })),
  ];
}

interface Made {
  readonly image: DatasetImage;
  readonly annotations: readonly DatasetAnnotation[];
}

function ourEvents(
  record: JsonRecord,
  key: string,
  onDropped: (name: string) => void,
  onBad: (reason: string) => void,
): Made {
  const annotations: DatasetAnnotation[] = [];
  for (const element of listFrom(record.annotations)) {
    const made = annotationFromRecord(element, key, onDropped);
    if ('annotation' in made) annotations.push(made.annotation);
    else onBad(made.reason);
  }
  return { image: imageFromRecord(record, key, onDropped), annotations };
}

function foreignEvents(
  sample: Sample,
  record: JsonRecord | null,
  key: string,
  onDropped: (name: string) => void,
): Made {
  const number = classOf(sample);
  const caption = sample.texts.get('txt') ?? sample.texts.get('caption');
  const attributes = attributesFrom(
    { ...(caption === undefined ? {} : { caption: strFromU8(caption).trim() }), ...record },
    onDropped,
  );
  return {
    image: {
      key,
      size: null,
      split: splitFromName(nameOf(sample.shard)),
      state: number === null ? 'unlabelled' : 'labelled',
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    },
    annotations:
      number === null
        ? []
        : [
            {
              imageKey: key,
              classIndex: number,
              shape: { type: 'tag' },
              isCrowd: false,
              attributes: {},
              score: null,
            },
          ],
  };
}
