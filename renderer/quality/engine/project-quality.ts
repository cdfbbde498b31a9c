import type { AnnotationId, ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import type { GroundmarkDatabase } from '../../persistence/database';
import { labelledImagesAt } from '../../persistence/labelled-images';
import { layersById, layersOf, layersOfImages } from '../../persistence/labelled-layers';
import type { StoredLayer } from '../../persistence/stored-records';
import { createAgreementTable } from './agreement-figures';
import { type ComparisonTable, createComparisonTable } from './comparison-table';
import { figuresOf } from './quality-figures';
import type { QualityFigures, QualitySettings } from './quality-messages';
import {
  byImage,
  comparisonsOf,
  type LayeredImage,
  type LayersByImage,
  type PlacedImage,
  placesOf,
  readLayeredImages,
} from './read-comparisons';

/** Images a read: as many as a page of the list, so that each page is parsed once. */
const IMAGES_PER_READ = 100;
/** Pages whose reading was begun; more would only take memory. */
const PAGES_AHEAD = 3;

const PURPOSES = ['groundTruth', 'honeypot', 'consensus'] as const;

export interface ReadingProgress {
  /** Images with second sets of annotations that were read, and all of them. */
  readonly images: number;
  readonly totalImages: number;
  /** Annotations that were read, of all sets. */
  readonly objects: number;
}

/** What is known of the quality of one project, kept up to date image by image. */
export interface ProjectQuality {
  readonly table: ComparisonTable;
  readonly truthImages: number;
  /** Reads all images that have ground truth or answers; ends early when `signal` aborts. */
  readAll(onProgress: (progress: ReadingProgress) => void, signal: AbortSignal): Promise<void>;
  /**
   * Reads these images anew (an id may be a layer's), or finds out which changed.
   * @returns those that were read.
   */
  reread(imageIds: readonly ImageId[] | 'many'): Promise<readonly LayeredImage[]>;
  /** All images with layers, page after page. */
  layeredImages(signal: AbortSignal): AsyncIterable<readonly LayeredImage[]>;
  figures(): QualityFigures;
  /** How much those disagree who answered for the same image, 0 to 1. */
  disagreement(): ReadonlyMap<ImageId, number>;
  objectDisagreement(): ReadonlyMap<AnnotationId, number>;
}

/** What was read of an image, to see later whether it is still so. */
interface Noted {
  readonly stamp: string;
  readonly labelsIds: readonly ImageId[];
  readonly hasTruth: boolean;
  readonly isWaiting: boolean;
  readonly isDamaged: boolean;
}

export function createProjectQuality(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  settings: QualitySettings,
  countsAs: (id: LabelId) => LabelId,
): ProjectQuality {
  const table = createComparisonTable(settings.lowOverlap);
  const agreement = createAgreementTable(settings.minOverlap);
  const noted = new Map<ImageId, Noted>();
  /** Images by the layers over them, since edits name the layer. */
  const imageOfLayer = new Map<ImageId, ImageId>();
  const counts = { truthImages: 0, waiting: 0, damaged: 0 };

  function count(note: Noted | undefined, sign: 1 | -1): void {
    if (note === undefined) return;
    if (note.hasTruth) counts.truthImages += sign;
    if (note.isWaiting) counts.waiting += sign;
    if (note.isDamaged) counts.damaged += sign;
  }

  function forget(imageId: ImageId): void {
    const before = noted.get(imageId);
    count(before, -1);
    for (const id of before?.labelsIds ?? []) table.remove(id);
    agreement.remove(imageId);
    noted.delete(imageId);
  }

  function put(layered: LayeredImage): void {
    const { image, annotations } = layered.image;
    forget(image.id);
    if (layered.layers.length === 0) return;
    const comparisons = comparisonsOf(layered, settings.minOverlap, countsAs);
    for (const comparison of comparisons) table.put(comparison);
    agreement.put(layered, countsAs);
    const hasTruth = layered.layers.some(({ layer }) => layer.purpose === 'groundTruth');
    const note: Noted = {
      stamp: stampOf(
        image,
        layered.layers.map(({ layer }) => layer),
      ),
      labelsIds: comparisons.map(({ labelsId }) => labelsId),
      hasTruth,
      isWaiting: hasTruth && image.state === 'unlabelled',
      isDamaged: annotations === null || layered.layers.some((layer) => layer.annotations === null),
    };
    noted.set(image.id, note);
    count(note, 1);
    for (const { layer } of layered.layers) imageOfLayer.set(layer.id, image.id);
  }

  async function* pages(
    places: readonly PlacedImage[],
    layers: LayersByImage,
    signal: AbortSignal,
  ): AsyncGenerator<readonly LayeredImage[]> {
    // The database works on the next pages while this one is compared.
    const ahead: Promise<LayeredImage[]>[] = [];
    let begun = 0;
    try {
      while (!signal.aborted) {
        while (ahead.length < PAGES_AHEAD && begun < places.length) {
          const page = places.slice(begun, begun + IMAGES_PER_READ);
          ahead.push(readLayeredImages(db, projectId, page, layers));
          begun += IMAGES_PER_READ;
        }
        const next = ahead.shift();
        if (next === undefined) return;
        yield await next;
      }
    } finally {
      // What was begun is waited for, so that nobody meets its failure.
      await Promise.allSettled(ahead);
    }
  }

  async function everything() {
    const layers = byImage(await layersOf(db, projectId, PURPOSES));
    return { layers, places: await placesOf(db, projectId, [...layers.keys()]) };
  }

  async function readAgain(ids: readonly ImageId[]): Promise<readonly LayeredImage[]> {
    const layers = byImage(
      (await layersOfImages(db, ids)).filter(({ purpose }) =>
        (PURPOSES as readonly string[]).includes(purpose),
      ),
    );
    const isOfUse = (id: ImageId) => layers.has(id) || noted.has(id);
    const places = await placesOf(db, projectId, ids.filter(isOfUse));
    const read: LayeredImage[] = [];
    for await (const page of pages(places, layers, new AbortController().signal)) {
      for (const layered of page) put(layered);
      read.push(...page);
    }
    return read;
  }

  /** Images of which something is not as it was read. */
  async function changedImages(): Promise<ImageId[]> {
    const { layers, places } = await everything();
    const changed = [...noted.keys()].filter((id) => !layers.has(id));
    for (let from = 0; from < places.length; from += IMAGES_PER_READ) {
      const ordinals = places.slice(from, from + IMAGES_PER_READ).map(({ ordinal }) => ordinal);
      const page = await labelledImagesAt(db, projectId, ordinals);
      for (const { image } of page) {
        const isSame = noted.get(image.id)?.stamp === stampOf(image, layers.get(image.id) ?? []);
        if (!isSame) changed.push(image.id);
      }
    }
    return changed;
  }

  return {
    table,
    get truthImages() {
      return counts.truthImages;
    },
    async readAll(onProgress, signal) {
      const { layers, places } = await everything();
      let images = 0;
      let objects = 0;
      for await (const page of pages(places, layers, signal)) {
        for (const layered of page) {
          put(layered);
          objects += layered.image.annotations?.length ?? 0;
          for (const { annotations } of layered.layers) objects += annotations?.length ?? 0;
        }
        images += page.length;
        onProgress({ images, totalImages: places.length, objects });
      }
    },
    async reread(imageIds) {
      if (imageIds === 'many') return readAgain(await changedImages());
      const unknown = imageIds.filter((id) => !noted.has(id) && !imageOfLayer.has(id));
      for (const layer of await layersById(db, unknown)) {
        if (layer?.projectId === projectId) imageOfLayer.set(layer.id, layer.imageId);
      }
      return readAgain([...new Set(imageIds.map((id) => imageOfLayer.get(id) ?? id))]);
    },
    async *layeredImages(signal) {
      const { layers, places } = await everything();
      yield* pages(places, layers, signal);
    },
    figures: () => ({
      ...counts,
      subjects: { labels: figuresOf(table, 'labels'), honeypot: figuresOf(table, 'honeypot') },
      agreement: agreement.figures(),
    }),
    disagreement: () => agreement.disagreement(),
    objectDisagreement: () => agreement.objectDisagreement(),
  };
}

/** Another one means that something is to be read again. */
function stampOf(
  image: { readonly revision: number; readonly state: string },
  layers: readonly StoredLayer[],
): string {
  const parts = layers.map(({ id, revision, submittedAt }) => `${id} ${revision} ${submittedAt}`);
  return [image.revision, image.state, ...parts.sort()].join();
}
