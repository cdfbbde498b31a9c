import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type {
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { isUnlabelled, isWritable, tallyRenamedLabels, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { labelRecord } from '../parts/records/label-record';
import { writtenNamesOf } from '../parts/sidecar/labels-file';
import { canHold, labelJson } from './label-json';
import { OWN_KEY } from './own-key';

const TITLE = 'BDD100K';

/** Where a picture belongs, as in BDD100K's own folders. */
export function bdd100kPicturePath({ key, split }: DatasetImage): string {
  return `images/100k/${split === null ? '' : `${split}/`}${key}`;
}

interface OpenFile {
  readonly file: BufferedFile;
  frames: number;
}

/** One Scalabel file a split, `labels/det_20/det_<split>.json`, with the classes in its `config`. */
export async function writeBdd100k(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing BDD100K'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const names = writtenNamesOf(labels, (name) => name);
  tallyRenamedLabels(tally, labels, names, TITLE);
  const categories = labels.map((label) =>
    JSON.stringify({ name: names.get(label.classIndex), [OWN_KEY]: labelRecord(label) }),
  );
  const config = `{"config":{"categories":[${categories.length === 0 ? '' : `\n${categories.join(',\n')}\n`}]},\n"frames":[`;
  const files = new Map<Split | null, OpenFile>();
  const fileFor = async (split: Split | null): Promise<OpenFile> => {
    let open = files.get(split);
    if (open === undefined) {
      const path = `labels/det_20/det${split === null ? '' : `_${split}`}.json`;
      open = { file: await openBuffered(sink, path), frames: 0 };
      files.set(split, open);
      await open.file.write(config);
    }
    return open;
  };

  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const open = await fileFor(image.split);
    const kept = ofImage.filter((one) =>
      isWritable(tally, one, TITLE, (annotation) => canHold(annotation), names),
    );
    const jsons: string[] = [];
    for (const annotation of kept) {
      const json = labelJson(annotation, image, names.get(annotation.classIndex) ?? '', jsons.length, tally);
      if (json !== null) jsons.push(json);
    }
    await open.file.write(`${open.frames === 0 ? '\n' : ',\n'}${frameJson(image, jsons)}`);
    open.frames += 1;
    images += 1;
    annotations += jsons.length;
  }
  if (files.size === 0) await fileFor(null);
  for (const { file } of files.values()) {
    await file.write('\n]}\n');
    await file.close();
  }
  return { images, annotations, ...tally.report() };
}

function frameJson({ key, size, attributes, frame }: DatasetImage, labels: readonly string[]): string {
  const record = {
    name: key,
    ...(frame === undefined ? {} : { videoName: frame.sequence, frameIndex: frame.index }),
    ...(frame?.timestampInMs === undefined ? {} : { timestamp: frame.timestampInMs }),
    ...(size === null ? {} : { size: { width: size.width, height: size.height } }),
    ...(attributes === undefined ? {} : { attributes }),
  };
  return `${JSON.stringify(record).slice(0, -1)},"labels":[${labels.join(',')}]}`;
}
