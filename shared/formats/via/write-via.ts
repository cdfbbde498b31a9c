import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type { Shape, Vertex } from '../../schema/shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { isWritable, tallyDroppedParts, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { OWN_FIELD, type OwnRecord, partRecords } from '../parts/object-parts';
import { EMPTY_ATTRIBUTE } from './read-via';
import { CLASS_ATTRIBUTE, OWN_ATTRIBUTES } from './region-attributes';

const TITLE = 'VIA';

/** VIA's own number for a file whose size in bytes it does not know; it stands behind the name in a picture's id. */
const UNKNOWN_SIZE = -1;

/** What VIA 2 writes of itself, without which it does not open a project. */
const SETTINGS = {
  ui: {
    annotation_editor_height: 25,
    annotation_editor_fontsize: 0.8,
    leftsidebar_width: 18,
    image_grid: {
      img_height: 80,
      rshape_fill: 'none',
      rshape_fill_opacity: 0.3,
      rshape_stroke: 'yellow',
      rshape_stroke_width: 2,
      show_region_shape: true,
      show_image_policy: 'all',
    },
    image: {
      region_label: CLASS_ATTRIBUTE,
      region_color: CLASS_ATTRIBUTE,
      region_label_font: '10px Sans',
      on_image_annotation_editor_placement: 'NEAR_REGION',
    },
  },
  core: { buffer_size: 18, filepath: {}, default_filepath: '' },
  project: { name: 'groundmark' },
};

interface OpenFile {
  readonly file: BufferedFile;
  readonly ids: string[];
}

/** One project file a split, `via_<split>.json`, or `via_project.json` for images without one. */
export async function writeVia(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing VIA'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  for (const { name, supercategory } of labels) {
    if (supercategory === null) continue;
    tally.add(
      'supercategory-dropped',
      '',
      `VIA has no place for "${supercategory}", the group of "${name}".`,
    );
  }
  const names = new Map(labels.map(({ classIndex, name }) => [classIndex, name]));
  const files = new Map<Split | null, OpenFile>();
  const fileFor = async (split: Split | null): Promise<OpenFile> => {
    const known = files.get(split);
    if (known !== undefined) return known;
    const file = await openBuffered(sink, split === null ? 'via_project.json' : `via_${split}.json`);
    await file.write(`{"_via_settings":${JSON.stringify(SETTINGS)},\n"_via_img_metadata":{`);
    const open: OpenFile = { file, ids: [] };
    files.set(split, open);
    return open;
  };
  const asked = new AskedAttributes(labels);
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (image.state === 'unlabelled' || (image.state === 'inProgress' && ofImage.length === 0)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const { file, ids } = await fileFor(image.split);
    const regions = ofImage.filter((annotation) =>
      isWritable(tally, annotation, TITLE, ({ shape }) => shapeRecords(shape) !== null, names),
    );
    if (image.frame !== undefined) {
      tally.add(
        'frame-dropped',
        image.key,
        `VIA has no place for ${image.key} being frame ${image.frame.index}.`,
      );
    }
    const id = `${image.key}${UNKNOWN_SIZE}`;
    const record = {
      filename: image.key,
      size: UNKNOWN_SIZE,
      regions: regions.flatMap((annotation, at) => regionRecords(annotation, names, asked, tally, at + 1)),
      file_attributes: fileAttributes(image, asked),
    };
    await file.write(`${ids.length === 0 ? '\n' : ',\n'}${JSON.stringify(id)}:${JSON.stringify(record)}`);
    ids.push(id);
    images += 1;
    annotations += regions.length;
  }
  if (files.size === 0) await fileFor(null);
  for (const { file, ids } of files.values()) {
    await file.write(
      `\n},\n"_via_attributes":${JSON.stringify(asked.record())},\n"_via_data_format_version":"2.0.10",\n"_via_image_id_list":[`,
    );
    for (const [at, id] of ids.entries()) await file.write(`${at === 0 ? '\n' : ',\n'}${JSON.stringify(id)}`);
    await file.write('\n]}\n');
    await file.close();
  }
  return { images, annotations, ...tally.report() };
}

function fileAttributes(image: DatasetImage, asked: AskedAttributes): object {
  const attributes = {
    ...image.attributes,
    ...(image.state === 'confirmedEmpty' ? { [EMPTY_ATTRIBUTE]: true } : {}),
  };
  asked.ofFile(attributes);
  return attributes;
}

function regionRecords(
  annotation: DatasetAnnotation,
  names: ReadonlyMap<number, string>,
  asked: AskedAttributes,
  tally: LossTally,
  object: number,
): readonly object[] {
  const { imageKey: key, shape, classIndex, attributes, score, isCrowd, groupId, note } = annotation;
  tallyDroppedParts(tally, annotation, TITLE, ['tracks']);
  const kept = Object.entries(attributes).filter(([name]) => {
    const isFree = !OWN_ATTRIBUTES.has(name);
    if (!isFree) {
      tally.add(
        'attribute-dropped',
        key,
        `"${name}" of an object in ${key} means something else in the VIA files of this app.`,
      );
    }
    return isFree;
  });
  const regionAttributes = Object.fromEntries([
    [CLASS_ATTRIBUTE, names.get(classIndex) ?? ''],
    ...kept,
    ...(score === null ? [] : [['score', score] as const]),
    ...(isCrowd ? [['iscrowd', true] as const] : []),
    ...(groupId === undefined ? [] : [['group_id', groupId] as const]),
    ...(note === undefined ? [] : [['note', note] as const]),
  ]);
  asked.ofRegion(regionAttributes);
  if (shape.type === 'polygon' && shape.parts.some(({ holes }) => holes.length > 0)) {
    tally.add(
      'polygon-holes-not-shown',
      key,
      `Holes of a polygon in ${key} are kept in the file, but VIA and others that read it fill them.`,
    );
  }
  const shapes = shapeRecords(shape) ?? [];
  return shapes.map(({ own, ...shapeAttributes }) => {
    const whole: OwnRecord = shapes.length > 1 ? { object, ...own } : { ...own };
    return {
      shape_attributes:
        Object.keys(whole).length === 0 ? shapeAttributes : { ...shapeAttributes, [OWN_FIELD]: whole },
      region_attributes: regionAttributes,
    };
  });
}

interface ShapeRecord {
  readonly name: string;
  readonly own?: OwnRecord;
  readonly [field: string]: unknown;
}

/** "shape_attributes" of a shape, one a part; null when VIA has no such shape. */
function shapeRecords(shape: Shape): readonly ShapeRecord[] | null {
  switch (shape.type) {
    case 'box':
      return [{ name: 'rect', x: shape.x, y: shape.y, width: shape.width, height: shape.height }];
    case 'polygon':
      return partRecords(shape).map(({ exterior, own }) => ({ name: 'polygon', ...lists(exterior), own }));
    case 'polyline':
      return [{ name: 'polyline', ...lists(shape.points) }];
    case 'points':
      return shape.points.map(({ x, y }) => ({ name: 'point', cx: x, cy: y }));
    case 'ellipse': {
      const { cx, cy, rx, ry, rotation } = shape;
      if (rx === ry && rotation === 0) return [{ name: 'circle', cx, cy, r: rx }];
      return [{ name: 'ellipse', cx, cy, rx, ry, theta: (rotation * Math.PI) / 180 }];
    }
    default:
      return null;
  }
}

function lists(points: readonly Vertex[]): object {
  return { all_points_x: points.map(({ x }) => x), all_points_y: points.map(({ y }) => y) };
}

/** As many as the reader takes; VIA shows no more than a screen of them. */
const MOST_ASKED = 100;

/** What VIA's editor asks of regions and pictures: classes by name, the schema's questions, and what else was written. */
class AskedAttributes {
  readonly #region = new Map<string, object>();
  readonly #file = new Map<string, object>();

  constructor(labels: readonly DatasetLabel[]) {
    const classNames = labels.map(({ name }) => name);
    this.#region.set(CLASS_ATTRIBUTE, dropdown('Class', classNames));
    for (const { name, kind, options } of labels.flatMap(({ attributes }) => attributes ?? [])) {
      if (OWN_ATTRIBUTES.has(name) || this.#region.size >= MOST_ASKED) continue;
      this.#region.set(name, kind === 'select' ? dropdown('', options) : TEXT);
    }
  }

  ofRegion(attributes: object): void {
    for (const name of Object.keys(attributes)) {
      if (!this.#region.has(name) && this.#region.size < MOST_ASKED) this.#region.set(name, TEXT);
    }
  }

  ofFile(attributes: object): void {
    for (const name of Object.keys(attributes)) {
      if (!this.#file.has(name) && this.#file.size < MOST_ASKED) this.#file.set(name, TEXT);
    }
  }

  record(): object {
    return { region: Object.fromEntries(this.#region), file: Object.fromEntries(this.#file) };
  }
}

const TEXT = { type: 'text', description: '', default_value: '' };

function dropdown(description: string, options: readonly string[]): object {
  return {
    type: 'dropdown',
    description,
    options: Object.fromEntries(options.map((option) => [option, ''])),
    default_options: {},
  };
}
