import { strToU8 } from 'fflate';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type {
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { openBuffered } from '../parts/buffered-file';
import { keyFromFileName } from '../parts/dataset-key';
import { isWritable, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import { annotationRecord } from '../parts/records/annotation-record';
import { imageRecord } from '../parts/records/image-record';
import { labelRecord } from '../parts/records/label-record';
import { type TarWriter, tarWriter } from '../parts/tar/write-tar';
import { LABELS_OF_SHARDS, SHARDS_MARK } from './find-shards';

const TITLE = 'WebDataset';

/** WebDataset's own advice is shards of about 1 GB, or 10,000 samples. */
const LARGEST_SHARD_BYTES = 1024 ** 3;
const MOST_SAMPLES = 10_000;

interface OpenShards {
  writer: TarWriter;
  samples: number;
  shards: number;
}

/**
 * `<split>-000000.tar`, `all-…` for images without one. A sample is called by a running number, because in WebDataset a
 * name ends at its first dot; its JSON says what it is, and its picture stands before it when pictures are at hand.
 */
export async function writeWebdataset(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing WebDataset'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels = new Map<number, DatasetLabel>();
  for await (const label of source.labels()) labels.set(label.classIndex, label);
  const list = await openBuffered(sink, LABELS_OF_SHARDS);
  const records = [...labels.values()].map((label) => `\n${JSON.stringify(labelRecord(label))}`);
  await list.write(`{"format":"${SHARDS_MARK}",\n"labels":[${records.join(',')}]}\n`);
  await list.close();
  const open = new Map<string, OpenShards>();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  let withoutPicture = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const { key } = image;
    if (image.state === 'unlabelled') {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    if (keyFromFileName(key)?.key !== key) {
      tally.add(
        'image-name-unusable',
        key,
        `${JSON.stringify(key)} reads as an address or a path of another machine; the image was left out.`,
      );
      leftOutImages.push(key);
      continue;
    }
    const kept = ofImage.filter((annotation) => isWritable(tally, annotation, TITLE, () => true, labels));
    const shards = await shardFor(open, sink, image);
    const sample = String(shards.samples + (shards.shards - 1) * MOST_SAMPLES).padStart(9, '0');
    shards.samples += 1;
    const picture = context?.pictureBytes === undefined ? null : await context.pictureBytes(key);
    if (picture?.ok === true) {
      await shards.writer.add(`${sample}.${extensionOf(key)}`, picture.value);
    } else if (picture !== null) {
      tally.add(
        'picture-missing',
        key,
        `The picture ${key} could not be read: ${picture.error.message} Its labels were written without it.`,
      );
    } else withoutPicture += 1;
    const record = { ...imageRecord(image), annotations: kept.map(annotationRecord) };
    await shards.writer.add(`${sample}.json`, strToU8(JSON.stringify(record)));
    images += 1;
    annotations += kept.length;
  }
  if (open.size === 0) await shardFor(open, sink, { key: '', size: null, split: null, state: 'labelled' });
  for (const { writer } of open.values()) await writer.close();
  const notes =
    withoutPicture > 0
      ? [`${withoutPicture} samples hold no picture, because pictures were not asked for.`]
      : [];
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

async function shardFor(
  open: Map<string, OpenShards>,
  sink: DatasetSink,
  { split }: DatasetImage,
): Promise<OpenShards> {
  const name = split ?? 'all';
  const known = open.get(name);
  const isFull =
    known !== undefined && (known.samples >= MOST_SAMPLES || known.writer.byteSize >= LARGEST_SHARD_BYTES);
  if (known !== undefined && !isFull) return known;
  if (known !== undefined) await known.writer.close();
  const shards = known?.shards ?? 0;
  const path = `${name}-${String(shards).padStart(6, '0')}.tar`;
  const next = { writer: tarWriter(await sink.open(path)), samples: 0, shards: shards + 1 };
  open.set(name, next);
  return next;
}

/** In lower case, which loaders of pictures look for. */
function extensionOf(key: string): string {
  const extension = key.slice(withoutExtension(key).length + 1).toLowerCase();
  return /^[a-z0-9]{1,8}$/.test(extension) ? extension : 'jpg';
}
