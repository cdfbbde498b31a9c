import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { labelsXml } from '../parts/cvat/cvat-meta-xml';
import { GroupNumbers } from '../parts/cvat/group-numbers';
import { type LabelToWrite, labelsToWrite } from '../parts/cvat/survey-annotations';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { escapedAttribute, isXmlText } from '../parts/xml/escape-xml';
import { type TrackedXml, trackedShape } from './tracked-shape-xml';
import { isWritten, type VideoNumbers, videoNumbers } from './video-numbers';

/** Shapes of tracks held at once: images come in order, tracks are written one by one. About 100 MB. */
const MAX_HELD_SHAPES = 200_000;

/**
 * `annotations.xml` with a track for each object; pictures belong in `images/`, in the order of their names. A shape that
 * is not tracked becomes a track of one frame, as in CVAT. Names, sizes and splits of frames stand in a `<frames>` of the
 * meta that CVAT passes over.
 */
export async function writeCvatVideo(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing CVAT for video'));
  }
}

/** A track of CVAT: one label and one group, so an object that changes either is several. */
interface TrackToWrite {
  readonly trackId: string;
  readonly classIndex: number;
  readonly groupId: string | undefined;
  shapes: number;
}

function trackKey({ trackId, classIndex, groupId }: DatasetAnnotation): string {
  return JSON.stringify([trackId, classIndex, groupId ?? null]);
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const numbers = await videoNumbers(source, tally);
  const tracks = new Map<string, TrackToWrite>();
  const groupIds = new Set<string>();
  const labels = await labelsToWrite(source, tally, (annotation) => {
    const { trackId, classIndex, groupId } = annotation;
    if (groupId !== undefined) groupIds.add(groupId);
    if (trackId === undefined) return;
    const key = trackKey(annotation);
    const known = tracks.get(key);
    if (known === undefined) tracks.set(key, { trackId, classIndex, groupId, shapes: 1 });
    else known.shapes += 1;
  });
  const file = await openBuffered(sink, 'annotations.xml');
  await writeMeta(file, source, labels, numbers, tally);
  const writing = new VideoWriting(source, file, labels, numbers, new GroupNumbers(groupIds), tally);
  const annotations = (await writing.tracks(tracks)) + (await writing.shapesAlone());
  await file.write('</annotations>\n');
  await file.close();
  const notes: string[] = [];
  if (!numbers.isByIndex) {
    notes.push(
      'Frames are numbered in the order of the images: CVAT matches them with pictures in the order of their names.',
    );
  }
  if (writing.polygonsInParts > 0) {
    notes.push(
      `${writing.polygonsInParts} polygons have several parts or holes; CVAT shows the first part, without holes.`,
    );
  }
  return {
    images: numbers.count,
    annotations,
    ...tally.report(),
    leftOutImages: numbers.leftOutImages,
    notes,
  };
}

async function writeMeta(
  file: BufferedFile,
  source: DatasetSource,
  labels: ReadonlyMap<number, LabelToWrite>,
  numbers: VideoNumbers,
  tally: LossTally,
): Promise<void> {
  const { size } = numbers;
  const original =
    size === null
      ? ''
      : `      <original_size>\n        <width>${size.width}</width>\n        <height>${size.height}</height>\n      </original_size>\n`;
  await file.write(
    `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n      <name>Groundmark</name>\n      <size>${numbers.count}</size>\n      <mode>interpolation</mode>\n      <start_frame>${numbers.first}</start_frame>\n      <stop_frame>${numbers.last}</stop_frame>\n      <frame_filter></frame_filter>\n${labelsXml(labels.values(), '      ', true)}${original}    </task>\n    <frames>\n`,
  );
  let position = 0;
  for await (const image of source.images()) {
    if (!isWritten(image)) continue;
    if (image.size === null) {
      tally.add(
        'image-size-unknown',
        image.key,
        `The size of ${image.key} is not known; it was written without one.`,
      );
    }
    for (const name in image.attributes) {
      tally.add(
        'image-attribute-dropped',
        image.key,
        `The attribute "${name}" of ${image.key} was left out: CVAT has attributes of objects alone.`,
      );
    }
    const flushed = file.write(frameXml(image, numbers.of(image, position)));
    if (flushed !== undefined) await flushed;
    position += 1;
  }
  await file.write('    </frames>\n  </meta>\n');
}

function frameXml({ key, size, split, state, frame }: DatasetImage, number: number): string {
  const ofSize = size === null ? '' : ` width="${size.width}" height="${size.height}"`;
  const ofSplit = split === null ? '' : ` split="${split}"`;
  const empty = state === 'confirmedEmpty' ? ' empty="confirmed"' : '';
  const time = frame?.timestampInMs === undefined ? '' : ` timestamp="${frame.timestampInMs}"`;
  const place =
    frame === undefined
      ? ''
      : ` sequence="${escapedAttribute(frame.sequence)}" index="${frame.index}"${time}`;
  return `      <frame number="${number}" name="${escapedAttribute(key)}"${ofSize}${ofSplit}${empty}${place}/>\n`;
}

class VideoWriting {
  readonly #source: DatasetSource;
  readonly #file: BufferedFile;
  readonly #labels: ReadonlyMap<number, LabelToWrite>;
  readonly #numbers: VideoNumbers;
  /** Of the whole video: CVAT's groups reach over frames. */
  readonly #groups: GroupNumbers;
  readonly #tally: LossTally;
  #nextId = 0;
  /** Polygons of which CVAT shows less than there is. */
  polygonsInParts = 0;

  constructor(
    source: DatasetSource,
    file: BufferedFile,
    labels: ReadonlyMap<number, LabelToWrite>,
    numbers: VideoNumbers,
    groups: GroupNumbers,
    tally: LossTally,
  ) {
    this.#source = source;
    this.#file = file;
    this.#labels = labels;
    this.#numbers = numbers;
    this.#groups = groups;
    this.#tally = tally;
  }

  /** A pass over the source for as many tracks at a time as fit in memory. Returns how many annotations were written. */
  async tracks(tracks: ReadonlyMap<string, TrackToWrite>): Promise<number> {
    const all = [...tracks];
    let count = 0;
    for (let from = 0, to = 0; from < all.length; from = to) {
      let held = 0;
      for (to = from; to < all.length; to += 1) {
        const shapes = all[to]?.[1].shapes ?? 0;
        if (to > from && held + shapes > MAX_HELD_SHAPES) break;
        held += shapes;
      }
      const batch = all.slice(from, to);
      const shapes = new Map(batch.map(([key]) => [key, [] as { number: number; xml: TrackedXml }[]]));
      for await (const { image, number, annotation } of this.#annotations()) {
        const ofTrack = annotation.trackId === undefined ? undefined : shapes.get(trackKey(annotation));
        if (ofTrack === undefined) continue;
        const xml = this.#shape(annotation, image.key);
        if (xml !== null) ofTrack.push({ number, xml });
      }
      for (const [key, track] of batch) {
        const ofTrack = shapes.get(key) ?? [];
        const label = this.#labels.get(track.classIndex);
        if (ofTrack.length === 0 || label === undefined) continue;
        ofTrack.sort((a, b) => a.number - b.number);
        const named =
          isXmlText(track.trackId) && track.trackId.length <= 200 ? track.trackId : String(this.#nextId);
        const head = ` track="${escapedAttribute(named)}"${this.#groups.xml(track.groupId)}`;
        await this.#writeTrack(label.name, head, ofTrack);
        count += ofTrack.length;
      }
    }
    return count;
  }

  /** Shapes that are not tracked, each as a track of its own frame. */
  async shapesAlone(): Promise<number> {
    let count = 0;
    for await (const { image, number, annotation } of this.#annotations()) {
      if (annotation.trackId !== undefined) continue;
      const xml = this.#shape(annotation, image.key);
      const label = this.#labels.get(annotation.classIndex);
      if (xml === null || label === undefined) continue;
      await this.#writeTrack(label.name, ` kind="shape"${this.#groups.xml(annotation.groupId)}`, [
        { number, xml },
      ]);
      count += 1;
    }
    return count;
  }

  async *#annotations(): AsyncGenerator<{
    readonly image: DatasetImage;
    readonly number: number;
    readonly annotation: DatasetAnnotation;
  }> {
    let position = 0;
    for await (const { image, annotations } of this.#source.annotationsByImage()) {
      if (!isWritten(image)) continue;
      const number = this.#numbers.of(image, position);
      position += 1;
      for (const annotation of annotations) yield { image, number, annotation };
    }
  }

  #shape(annotation: DatasetAnnotation, key: string): TrackedXml | null {
    const { classIndex, isCrowd, note } = annotation;
    const label = this.#labels.get(classIndex);
    if (label === undefined) {
      this.#tally.add(
        'unknown-class',
        key,
        `An annotation in ${key} has class ${classIndex}, which the label list does not name; it was left out.`,
      );
      return null;
    }
    const xml = trackedShape(annotation, label, key, this.#tally);
    if (xml === null) return null;
    const { shape } = annotation;
    if (
      shape.type === 'polygon' &&
      (shape.parts.length > 1 || shape.parts.some(({ holes }) => holes.length > 0))
    ) {
      this.polygonsInParts += 1;
    }
    if (isCrowd) {
      this.#tally.add(
        'crowd-flag-dropped',
        key,
        `A crowd region in ${key} was written as an ordinary object.`,
      );
    }
    if (note !== undefined) {
      this.#tally.add(
        'note-dropped',
        key,
        `The note on an object in ${key} was left out: CVAT has no place for it.`,
      );
    }
    return xml;
  }

  /**
   * Between two shapes that are not in neighbouring frames, and after the last one, CVAT goes on showing the earlier
   * shape: a shape that says the object is outside ends that. It is marked, because it is no annotation.
   */
  async #writeTrack(
    label: string,
    head: string,
    shapes: readonly { readonly number: number; readonly xml: TrackedXml }[],
  ): Promise<void> {
    const pieces = [
      `  <track id="${this.#nextId}" label="${escapedAttribute(label)}" source="manual"${head}>\n`,
    ];
    this.#nextId += 1;
    for (const [position, { number, xml }] of shapes.entries()) {
      pieces.push(xml.at(number));
      const next = this.#numbers.after(number);
      const following = shapes[position + 1]?.number;
      if (!xml.isOutside && next !== null && (following === undefined || following > next)) {
        pieces.push(xml.closingAt(next));
      }
    }
    pieces.push('  </track>\n');
    const flushed = this.#file.write(pieces.join(''));
    if (flushed !== undefined) await flushed;
  }
}
