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
import { err, ok, type Result } from '../../shared/result/result';

export type MemoryFiles = ReadonlyMap<string, string | Uint8Array>;

const encoder = new TextEncoder();
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? encoder.encode(content) : content;
const textOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

/** A dataset's folder held in memory; `chunkChars` cuts streams into pieces of that many characters or bytes. */
export function memoryFolder(
  files: MemoryFiles,
  options: { readonly sizes?: ReadonlyMap<string, Size>; readonly chunkChars?: number } = {},
): DatasetFolder {
  const step = options.chunkChars ?? 1 << 20;
  const list = [...files]
    .map(([path, content]) => ({ path, byteSize: bytesOf(content).length }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const found = (path: string): string | Uint8Array => {
    const content = files.get(path);
    if (content === undefined) throw appError('file.not-found', `${path} was not found.`);
    return content;
  };
  const within = (path: string, maxBytes: number): Result<string | Uint8Array> => {
    const content = files.get(path);
    if (content === undefined) return err(appError('file.not-found', `${path} was not found.`));
    return content.length > maxBytes ? err(appError('file.too-large', `${path} is too large.`)) : ok(content);
  };
  return {
    list: async () => list,
    async readText(path, maxBytes) {
      const content = within(path, maxBytes);
      return content.ok ? ok(textOf(content.value)) : content;
    },
    async *streamText(path) {
      const text = textOf(found(path));
      for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step);
    },
    async head(path) {
      const content = files.get(path);
      return content === undefined ? '' : textOf(content.slice(0, 64 * 1024));
    },
    async readBytes(path, maxBytes) {
      const content = within(path, maxBytes);
      return content.ok ? ok(bytesOf(content.value)) : content;
    },
    async *streamBytes(path) {
      const bytes = bytesOf(found(path));
      for (let at = 0; at < bytes.length; at += step) yield bytes.slice(at, at + step);
    },
    async readRange(path, start, end) {
      const content = within(path, Number.POSITIVE_INFINITY);
      return content.ok ? ok(bytesOf(content.value).slice(start, end)) : content;
    },
    imageSize: async (path) => options.sizes?.get(path) ?? null,
  };
}

/** A sink whose files can be read again; a file is text when all that was written into it was. */
export function memorySink(): DatasetSink & { readonly files: Map<string, string | Uint8Array> } {
  const files = new Map<string, string | Uint8Array>();
  return {
    files,
    async open(path) {
      if (files.has(path)) throw appError('file.not-writable', `${path} was opened twice.`);
      files.set(path, '');
      const parts: (string | Uint8Array)[] = [];
      return {
        async write(content) {
          parts.push(typeof content === 'string' ? content : content.slice());
        },
        async close() {
          const isText = parts.every((part) => typeof part === 'string');
          files.set(path, isText ? parts.join('') : new Uint8Array(Buffer.concat(parts.map(bytesOf))));
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
