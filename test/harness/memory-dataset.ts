import type {
  DatasetAnnotation,
  DatasetEvent,
  DatasetFolder,
  DatasetImage,
  DatasetLabel,
  DatasetProblem,
  DatasetSink,
  DatasetSource,
} from '../../shared/formats/format';
import type { Size } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok } from '../../shared/result/result';

/** A dataset's folder held in memory; `chunkChars` cuts streams into pieces of that many characters. */
export function memoryFolder(
  files: ReadonlyMap<string, string>,
  options: { readonly sizes?: ReadonlyMap<string, Size>; readonly chunkChars?: number } = {},
): DatasetFolder {
  const list = [...files]
    .map(([path, text]) => ({ path, byteSize: text.length }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    list: async () => list,
    async readText(path, maxBytes) {
      const text = files.get(path);
      if (text === undefined) return err(appError('file.not-found', `${path} was not found.`));
      return text.length > maxBytes ? err(appError('file.too-large', `${path} is too large.`)) : ok(text);
    },
    async *streamText(path) {
      const text = files.get(path);
      if (text === undefined) throw appError('file.not-found', `${path} was not found.`);
      const step = options.chunkChars ?? 1 << 20;
      for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step);
    },
    imageSize: async (path) => options.sizes?.get(path) ?? null,
  };
}

/** A sink whose files can be read again. */
export function memorySink(): DatasetSink & { readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    async open(path) {
      if (files.has(path)) throw appError('file.not-writable', `${path} was opened twice.`);
      files.set(path, '');
      const parts: string[] = [];
      return {
        async write(text) {
          parts.push(text);
        },
        async close() {
          files.set(path, parts.join(''));
        },
      };
    },
  };
}

export interface MemoryDataset {
  readonly labels: readonly DatasetLabel[];
  readonly images: readonly {
    readonly image: DatasetImage;
    readonly annotations: readonly DatasetAnnotation[];
  }[];
}

export function memorySource({ labels, images }: MemoryDataset): DatasetSource {
  return {
    async *labels() {
      yield* labels;
    },
    async *images() {
      for (const { image } of images) yield image;
    },
    async *annotationsByImage() {
      yield* images;
    },
  };
}

export interface CollectedDataset {
  readonly labels: DatasetLabel[];
  readonly images: DatasetImage[];
  readonly annotations: DatasetAnnotation[];
  readonly problems: DatasetProblem[];
  /** Where the contract on the order of events was broken, in words; empty when it was kept. */
  readonly orderFaults: string[];
}

/** All events of a read; also holds the reader to the order that DatasetEvent promises. */
export async function collected(events: AsyncIterable<DatasetEvent>): Promise<CollectedDataset> {
  const all: CollectedDataset = { labels: [], images: [], annotations: [], problems: [], orderFaults: [] };
  const seen = new Set<string>();
  let current: string | null = null;
  for await (const event of events) {
    switch (event.type) {
      case 'label':
        if (all.images.length > 0) all.orderFaults.push(`label ${event.label.name} after an image`);
        all.labels.push(event.label);
        break;
      case 'image':
        current = event.image.key;
        if (seen.has(current)) all.orderFaults.push(`image ${current} twice`);
        seen.add(current);
        all.images.push(event.image);
        break;
      case 'annotation':
        if (event.annotation.imageKey !== current) {
          all.orderFaults.push(`annotation of ${event.annotation.imageKey} after image ${current}`);
        }
        all.annotations.push(event.annotation);
        break;
      case 'problem':
        all.problems.push(event.problem);
        break;
    }
  }
  return all;
}
