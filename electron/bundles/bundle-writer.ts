import { createHash, type Hash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFile } from '../../shared/formats/format';
import {
  type BundleManifest,
  LINES_ENTRY,
  MANIFEST_ENTRY,
  PACKAGE_ENTRY,
  PICTURES_FOLDER,
} from '../../shared/formats/gmk/bundle-entries';
import { imageRoots } from '../../shared/formats/parts/image-roots';
import { ok, type Result } from '../../shared/result/result';
import type { Sha256, SourceId } from '../../shared/schema/ids';
import type { ProjectLine } from '../../shared/schema/project-lines';
import type { PackageEntry } from '../../shared/schema/work-package';
import type { OutputSink } from '../datasets-io/output-sink';
import { createZipSink } from '../datasets-io/zip/create-zip-sink';
import type { GrantTarget } from '../grants/grant-store';

/** Lines of the journal are many and long; only those of images are parsed. */
const IS_IMAGE = /^\{\s*"kind"\s*:\s*"image"/;

/** Names of pictures that are missing, as many as a person reads. */
const MOST_NAMED = 100;

export interface PackedPictures {
  readonly pictures: number;
  readonly missing: number;
  readonly missingPictures: readonly string[];
}

/**
 * Writes one bundle: lines as they come, then pictures, then what the bundle is. Nothing is visible at the target before
 * `commit`.
 */
export class BundleWriter {
  readonly #sink: OutputSink;
  readonly #lines: DatasetFile;
  readonly #hash: Hash = createHash('sha256');
  readonly #withPictures: boolean;
  /** Keys of the images of each source, when their pictures are to be packed. */
  readonly #keys = new Map<SourceId, Set<string>>();
  #lineCount = 0;

  private constructor(sink: OutputSink, lines: DatasetFile, withPictures: boolean) {
    this.#sink = sink;
    this.#lines = lines;
    this.#withPictures = withPictures;
  }

  static async begin(target: string, withPictures: boolean): Promise<Result<BundleWriter>> {
    // A bundle is named in a save dialog, which has asked before anything is replaced.
    const sink = await createZipSink({ kind: 'exactly', place: target, isForced: true });
    if (!sink.ok) return sink;
    return ok(new BundleWriter(sink.value, await sink.value.open(LINES_ENTRY), withPictures));
  }

  async append(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      this.#lineCount += 1;
      if (this.#withPictures && IS_IMAGE.test(line)) this.#note(line);
    }
    const text = `${lines.join('\n')}\n`;
    this.#hash.update(text, 'utf8');
    await this.#lines.write(text);
  }

  /** @param sources where the originals are, by source id. */
  async packPictures(
    facts: Pick<BundleManifest, 'sources'>,
    sources: Readonly<Record<string, GrantTarget>>,
    { signal, onPicture }: { readonly signal: AbortSignal; readonly onPicture: () => void },
  ): Promise<Result<PackedPictures>> {
    await this.#lines.close();
    const roots = imageRoots(facts.sources);
    const missingPictures: string[] = [];
    let pictures = 0;
    let missing = 0;
    for (const [sourceId, keys] of this.#keys) {
      for (const key of keys) {
        signal.throwIfAborted();
        const file = await originalOf(sources[sourceId], key);
        if (file === null) {
          missing += 1;
          if (missingPictures.length < MOST_NAMED) missingPictures.push(key);
        } else {
          const added = await this.#sink.addFile(
            `${PICTURES_FOLDER}/${roots.get(sourceId) ?? ''}${key}`,
            file,
            'copy',
          );
          if (!added.ok) return added;
          pictures += 1;
        }
        onPicture();
      }
    }
    return ok({ pictures, missing, missingPictures });
  }

  /** SHA-256 of the lines so far. */
  linesHash(): Sha256 {
    return this.#hash.copy().digest('hex') as Sha256;
  }

  get pictureCount(): number {
    return [...this.#keys.values()].reduce((sum, keys) => sum + keys.size, 0);
  }

  /** @param entry what a work package says of itself; null for a bundle that is none. */
  async commit(
    facts: Omit<BundleManifest, 'groundmarkBundle' | 'lines' | 'sha256'>,
    entry: PackageEntry | null = null,
  ): Promise<Result<string>> {
    const manifest: BundleManifest = {
      groundmarkBundle: 1,
      ...facts,
      lines: this.#lineCount,
      sha256: this.#hash.digest('hex') as Sha256,
    };
    if (entry !== null) await this.#write(PACKAGE_ENTRY, entry);
    await this.#write(MANIFEST_ENTRY, manifest);
    return this.#sink.commit();
  }

  async #write(name: string, value: unknown): Promise<void> {
    const file = await this.#sink.open(name);
    await file.write(`${JSON.stringify(value)}\n`);
    await file.close();
  }

  discard(): Promise<void> {
    return this.#sink.discard();
  }

  #note(line: string): void {
    // Made by our own window a moment ago; the reader parses it by its schema.
    const { image } = JSON.parse(line) as Extract<ProjectLine, { kind: 'image' }>;
    const keys = this.#keys.get(image.sourceId);
    if (keys === undefined) this.#keys.set(image.sourceId, new Set([image.key]));
    else keys.add(image.key);
  }
}

/** The file of an original, or null when it is not where it was or leads out of its grant. */
async function originalOf(target: GrantTarget | undefined, key: string): Promise<string | null> {
  if (target === undefined) return null;
  try {
    if (target.kind === 'files') {
      const listed = Object.hasOwn(target.files, key) ? target.files[key] : undefined;
      return listed === undefined ? null : await realpath(listed);
    }
    const file = await realpath(path.join(target.root, key));
    const fromRoot = path.relative(await realpath(target.root), file);
    const isInside = !fromRoot.startsWith('..') && !path.isAbsolute(fromRoot);
    return isInside && (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}
