import { canonicalJson } from '../../document/canonical-json';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import { behaviourOf } from '../../shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { keyFromFileName } from '../parts/dataset-key';
import { isWritable, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally } from '../parts/loss-tally';
import { type Cell, tableWriter } from '../parts/parquet/write-table';
import { labelRecord } from '../parts/records/label-record';
import { ANNOTATION_COLUMNS, IMAGE_COLUMNS, LABEL_COLUMNS } from './tables';

const TITLE = 'Parquet';

/** images.parquet, annotations.parquet and labels.parquet, in the order in which images come. */
export async function writeParquet(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Parquet'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels = new Map<number, DatasetLabel>();
  const labelTable = tableWriter(await sink.open('labels.parquet'), LABEL_COLUMNS, 'labels');
  for await (const label of source.labels()) {
    labels.set(label.classIndex, label);
    await labelTable.add(labelRow(label));
  }
  await labelTable.close();
  const imageTable = tableWriter(await sink.open('images.parquet'), IMAGE_COLUMNS, 'images');
  const annotationTable = tableWriter(
    await sink.open('annotations.parquet'),
    ANNOTATION_COLUMNS,
    'annotations',
  );
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
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
    await imageTable.add(imageRow(image, kept.length));
    for (const [ordinal, annotation] of kept.entries()) {
      await annotationTable.add(
        annotationRow(annotation, ordinal, image, labels.get(annotation.classIndex)?.name ?? ''),
      );
    }
    images += 1;
    annotations += kept.length;
  }
  await imageTable.close();
  await annotationTable.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

type Row<Columns> = Readonly<Record<keyof Columns, Cell>>;

function labelRow(label: DatasetLabel): Row<typeof LABEL_COLUMNS> {
  const { classIndex, name, supercategory, color = null } = label;
  return { class_index: classIndex, name, supercategory, color, label: canonicalJson(labelRecord(label)) };
}

function imageRow(image: DatasetImage, count: number): Row<typeof IMAGE_COLUMNS> {
  const { key, size, split, state, attributes, frame } = image;
  return {
    image_key: key,
    width: size === null ? null : Math.round(size.width),
    height: size === null ? null : Math.round(size.height),
    split,
    state,
    annotation_count: count,
    attributes: attributes === undefined ? null : canonicalJson(attributes),
    sequence_id: frame?.sequence ?? null,
    frame_index: frame?.index ?? null,
    frame_timestamp: frame?.timestampInMs ?? null,
  };
}

function annotationRow(
  annotation: DatasetAnnotation,
  ordinal: number,
  { key, split }: DatasetImage,
  labelName: string,
): Row<typeof ANNOTATION_COLUMNS> {
  const { shape, classIndex, attributes, isCrowd, score, note, groupId, trackId, isKeyframe, isOutside } =
    annotation;
  const bounds = behaviourOf(shape).bounds(shape);
  return {
    image_key: key,
    split,
    ordinal,
    class_index: classIndex,
    label_name: labelName,
    shape_type: shape.type,
    x: bounds.x,
    y: bounds.y,
    width: bounds.width,
    height: bounds.height,
    geometry: shape.type === 'box' ? null : canonicalJson(shape),
    attributes: canonicalJson(attributes),
    is_crowd: isCrowd,
    note: note ?? null,
    group_id: groupId ?? null,
    score,
    track_id: trackId ?? null,
    is_keyframe: isKeyframe ?? null,
    is_outside: isOutside ?? null,
  };
}
