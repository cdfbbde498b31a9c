import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFolder } from '../../shared/formats/format';
import {
  BundleManifest,
  LARGEST_MANIFEST_BYTES,
  LINES_ENTRY,
  MANIFEST_ENTRY,
  PICTURES_FOLDER,
} from '../../shared/formats/gmk/bundle-entries';
import { imageRoots } from '../../shared/formats/parts/image-roots';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { SourceId } from '../../shared/schema/ids';
import { LONGEST_LINE_IN_CHARS } from '../../shared/schema/project-lines';
import type { PackageEntry } from '../../shared/schema/work-package';
import { createDirectorySink } from '../datasets-io/create-directory-sink';
import { openDatasetZip } from '../datasets-io/zip/open-dataset-zip';
import { packageEntryOf } from './package-entry';

/** A page must cross a process boundary at once; it ends at whichever comes first. */
const PAGE_LINES = 2000;
const PAGE_CHARACTERS = 8_000_000;

/** The folder of a source whose pictures were unpacked. */
export interface UnpackedSource {
  readonly sourceId: SourceId;
  readonly displayName: string;
  readonly folder: string;
}

/** An opened bundle whose lines were held against its manifest. */
export class BundleReader {
  readonly manifest: BundleManifest;
  /** What a work package or its return says, its signatures checked; null in a bundle that is neither. */
  readonly package: PackageEntry | null;
  readonly #folder: DatasetFolder;
  #page: { readonly lines: AsyncGenerator<string>; nextLine: number } | null = null;

  private constructor(folder: DatasetFolder, manifest: BundleManifest, entry: PackageEntry | null) {
    this.#folder = folder;
    this.package = entry;
    this.manifest = manifest;
  }

  /** Reads the whole of the lines once: no line of an altered bundle is ever handed out. Errors: `bundle.damaged`, `bundle.newer-version`, and `package.bad-signature` for a package. */
  static async open(file: string, signal: AbortSignal): Promise<Result<BundleReader>> {
    const shownPath = path.basename(file);
    const opened = await openDatasetZip(file, { shownPath });
    if (!opened.ok) return opened;
    const folder = opened.value;
    const [unsafe] = (await folder.unseen?.()) ?? [];
    if (unsafe !== undefined) {
      return err(damaged(`it holds "${unsafe.path.slice(0, 200)}", which no bundle does (${unsafe.reason})`));
    }
    const text = await folder.readText(MANIFEST_ENTRY, LARGEST_MANIFEST_BYTES);
    if (!text.ok) return err(damaged(`${MANIFEST_ENTRY} is not in it`));
    const manifest = parsedManifest(text.value);
    if (!manifest.ok) return manifest;
    const hash = createHash('sha256');
    let lines = 0;
    try {
      for await (const line of linesOf(folder)) {
        signal.throwIfAborted();
        hash.update(`${line}\n`, 'utf8');
        lines += 1;
      }
    } catch (thrown) {
      if (signal.aborted) return err(appError('job.cancelled', 'Opening the bundle was cancelled.'));
      return err(
        damaged(
          typeof thrown === 'object' && thrown !== null && 'message' in thrown
            ? String(thrown.message)
            : 'it cannot be read',
        ),
      );
    }
    const { lines: expected, sha256 } = manifest.value;
    if (lines !== expected) return err(damaged(`it has ${lines} of its ${expected} lines`));
    if (hash.digest('hex') !== sha256) return err(damaged('its content is not what was written'));
    const entry = await packageEntryOf(folder, sha256);
    return entry.ok ? ok(new BundleReader(folder, manifest.value, entry.value)) : entry;
  }

  /** The next page of lines; `fromLine` is where the last page ended. */
  async read(fromLine: number): Promise<{ readonly lines: string[]; readonly nextLine: number | null }> {
    if (this.#page === null || this.#page.nextLine !== fromLine) {
      await this.#page?.lines.return(undefined);
      this.#page = { lines: linesOf(this.#folder), nextLine: 0 };
      for (; this.#page.nextLine < fromLine; this.#page.nextLine += 1) await this.#page.lines.next();
    }
    const page = this.#page;
    const lines: string[] = [];
    let characters = 0;
    while (lines.length < PAGE_LINES && characters < PAGE_CHARACTERS && page.nextLine < this.manifest.lines) {
      const next = await page.lines.next();
      if (next.done === true) break;
      lines.push(next.value);
      characters += next.value.length;
      page.nextLine += 1;
    }
    return { lines, nextLine: page.nextLine < this.manifest.lines ? page.nextLine : null };
  }

  /**
   * Unpacks the pictures of `wanted` sources, each into a folder of its own below `home`. A folder of the same bundle that
   * is there already is used as it is.
   */
  async unpackPictures(
    home: string,
    wanted: ReadonlySet<SourceId>,
    { signal, onPicture }: { readonly signal: AbortSignal; readonly onPicture: () => void },
  ): Promise<Result<{ readonly sources: readonly UnpackedSource[]; readonly pictures: number }>> {
    const roots = imageRoots(this.manifest.sources);
    const paths = (await this.#folder.list()).map((file) => file.path);
    const sources: UnpackedSource[] = [];
    let pictures = 0;
    await mkdir(home, { recursive: true });
    for (const { id, displayName } of this.manifest.sources) {
      if (!wanted.has(id)) continue;
      const root = `${PICTURES_FOLDER}/${roots.get(id) ?? ''}`;
      const own = paths.filter((file) => file.startsWith(root));
      if (own.length === 0) continue;
      const folder = path.join(home, `${this.manifest.project.id}-${id}`);
      const sink = await createDirectorySink({ kind: 'exactly', place: folder, isForced: true });
      if (!sink.ok) return sink;
      try {
        for (const file of own) {
          signal.throwIfAborted();
          const written = await sink.value.open(file.slice(root.length));
          for await (const chunk of this.#folder.streamBytes(file)) await written.write(chunk);
          await written.close();
          pictures += 1;
          onPicture();
        }
        const shown = await sink.value.commit();
        if (!shown.ok) return shown;
      } finally {
        await sink.value.discard();
      }
      sources.push({ sourceId: id, displayName, folder });
    }
    return ok({ sources, pictures });
  }
}

/** What a bundle says of itself. Errors: `bundle.damaged`, `bundle.newer-version`. */
export function parsedManifest(text: string): Result<BundleManifest> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return err(damaged(`${MANIFEST_ENTRY} is not JSON`));
  }
  const parsed = BundleManifest.safeParse(said);
  if (parsed.success) return ok(parsed.data);
  const version =
    typeof said === 'object' && said !== null && 'groundmarkBundle' in said ? said.groundmarkBundle : null;
  return err(
    typeof version === 'number' && version > 1
      ? appError(
          'bundle.newer-version',
          'This bundle was made by a newer Groundmark. Update the app, then open it again.',
          { version },
        )
      : damaged(`${MANIFEST_ENTRY} is not sound`),
  );
}

/** A bundle's lines as they are, held against nothing. Throws what reading throws. */
export async function* linesOf(folder: DatasetFolder): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of folder.streamText(LINES_ENTRY)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE_IN_CHARS)
      throw appError('bundle.damaged', 'a line is longer than any project has');
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function damaged(reason: string) {
  return appError(
    'bundle.damaged',
    `This bundle cannot be opened: ${reason}. Nothing was changed; ask for the bundle again.`,
    { reason },
  );
}
