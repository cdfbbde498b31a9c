import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { DatasetLabel, DatasetSink, DatasetSource, WriteContext, WriteReport } from '../format';
import { openBuffered } from '../parts/buffered-file';
import { csvLine } from '../parts/csv/csv-line';
import { isWritable, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { LABELS_TABLE } from './csv-labels';
import { annotationLine, emptyLine, imageCells, OWN_COLUMNS, OWN_LABEL_COLUMNS } from './own-columns';

const TITLE = 'CSV';

/** `annotations.csv` with a row an object, or one for a picture without any, and `labels.csv` with a row a class. */
export async function writeCsv(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing CSV'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const names = new Map<number, string>();
  const labels = await openBuffered(sink, LABELS_TABLE);
  await labels.write(csvLine(OWN_LABEL_COLUMNS));
  for await (const label of source.labels()) {
    names.set(label.classIndex, label.name);
    await labels.write(labelLine(label));
  }
  await labels.close();

  const file = await openBuffered(sink, 'annotations.csv');
  await file.write(csvLine(OWN_COLUMNS));
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (image.state === 'unlabelled') {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const cells = imageCells(image);
    let count = 0;
    for (const annotation of ofImage) {
      if (!names.has(annotation.classIndex) && !isWritable(tally, annotation, TITLE, () => true, names))
        continue;
      const flushed = file.write(annotationLine(cells, annotation, names.get(annotation.classIndex) ?? ''));
      // Awaited only when something was flushed: an await a row would cost as much as making the row.
      if (flushed !== undefined) await flushed;
      count += 1;
    }
    if (count === 0) await file.write(emptyLine(cells));
    images += 1;
    annotations += count;
  }
  await file.close();
  return { images, annotations, ...tally.report() };
}

function labelLine({
  classIndex,
  name,
  supercategory,
  color,
  skeleton,
  attributes,
  allowedShapes,
}: DatasetLabel): string {
  const json = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  return csvLine([
    classIndex,
    name,
    supercategory ?? '',
    color ?? '',
    json(skeleton),
    json(attributes?.map(({ defaultValue, ...more }) => ({ ...more, default_value: defaultValue }))),
    json(allowedShapes),
  ]);
}
