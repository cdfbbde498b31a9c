import { canonicalJson } from '../../shared/document/canonical-json';
import { invertChange } from '../../shared/document/change-set';
import { changeSetOfImport, type ImportedLine, importedImage } from '../../shared/document/imported-images';
import { changeSetOfRecord } from '../../shared/document/journal';
import type { Annotation, ImageStatus } from '../../shared/schema/annotation';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ImageId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { ordinalSaidBy, projectPartOf } from './image-ids';
import { type ImportedEntry, importedEntries } from './imported-pages';
import { parseLine, requireLine } from './journal-lines';
import type { StoredImage } from './stored-records';

/**
 * Lines kept parsed, newest use last: images next to each other are usually in one line, and reading a thousand of them
 * must not parse it a hundred times. Lines never change, and row numbers are never given again.
 */
const MOST_LINES = 4;
const linesOfDatabase = new WeakMap<GroundmarkDatabase, Map<number, ImportedLine>>();

async function importedLine(db: GroundmarkDatabase, row: number): Promise<ImportedLine | null> {
  const known = linesOfDatabase.get(db) ?? new Map<number, ImportedLine>();
  linesOfDatabase.set(db, known);
  const kept = known.get(row);
  if (kept !== undefined) {
    known.delete(row);
    known.set(row, kept);
    return kept;
  }
  const stored = await db.changes.get(row);
  const parsed = stored === undefined ? null : parseLine(stored);
  const line = parsed?.ok === true ? importedLineOf(parsed.value) : null;
  if (line === null) return null;
  known.set(row, line);
  const oldest = known.keys().next().value;
  if (known.size > MOST_LINES && oldest !== undefined) known.delete(oldest);
  return line;
}

export function importedLineOf(record: ChangeRecord): ImportedLine | null {
  const { body, actor, at, code, label } = record;
  return body.kind === 'imported' ? { body, actor, at, code, label } : null;
}

/**
 * The lines and the status of an image that is as an import left it, as if a record of its own held them; null when
 * the import's line cannot be read, or is not about this image.
 */
export async function readImported(
  db: GroundmarkDatabase,
  image: StoredImage,
): Promise<{ readonly lines: readonly string[]; readonly status: ImageStatus } | 'none' | null> {
  const entry = (await importedEntries(db, image.projectId, [image.ordinal])).get(image.ordinal);
  if (entry?.revision !== image.revision) return null;
  if (entry.content === null) return 'none';
  const line = await importedLine(db, entry.content.row);
  const found = line === null ? null : contentOf(line, image, entry);
  return found === null ? null : { lines: found.annotations.map(canonicalJson), status: found.status };
}

/**
 * What imports brought to these images, by ordinal, as records: for reading thousands in a row, when their entries were
 * read already. Each line is read once for all of its images. Null as in `readImported`.
 */
export async function contentsOfImports(
  db: GroundmarkDatabase,
  images: readonly { readonly image: StoredImage; readonly entry: ImportedEntry }[],
): Promise<ReadonlyMap<number, readonly Annotation[] | null>> {
  const contents = new Map<number, readonly Annotation[] | null>();
  const byRow = new Map<number, (typeof images)[number][]>();
  for (const each of images) {
    const { content } = each.entry;
    if (content === null) contents.set(each.image.ordinal, []);
    else byRow.set(content.row, [...(byRow.get(content.row) ?? []), each]);
  }
  for (const [row, found] of byRow) {
    const line = await importedLine(db, row);
    for (const { image, entry } of found) {
      contents.set(
        image.ordinal,
        line === null ? null : (contentOf(line, image, entry)?.annotations ?? null),
      );
    }
  }
  return contents;
}

function contentOf(line: ImportedLine, image: StoredImage, { content, annotationCount }: ImportedEntry) {
  const found = content === null ? null : importedImage(line, content.position);
  return found === null || found.imageId !== image.id || found.annotations.length !== annotationCount
    ? null
    : found;
}

/** The journal's rows about an image, oldest first: its own, and those of imports, which name many. */
export async function rowsAboutImage(db: GroundmarkDatabase, imageId: ImageId): Promise<number[]> {
  const [own, entry] = await Promise.all([
    db.changes.where('imageId').equals(imageId).primaryKeys(),
    entryOf(db, imageId),
  ]);
  return [...own, ...(entry?.rows ?? [])].sort((a, b) => a - b);
}

/** Only ids that say their place can have an entry; see `image-ids.ts`. */
async function entryOf(db: GroundmarkDatabase, imageId: ImageId): Promise<ImportedEntry | undefined> {
  const ordinal = ordinalSaidBy(imageId);
  const projectIds = await db.heads.where('projectId').startsWith(projectPartOf(imageId)).primaryKeys();
  for (const projectId of projectIds) {
    const entry = (await importedEntries(db, projectId, [ordinal])).get(ordinal);
    if (entry === undefined) continue;
    const [first] = entry.rows;
    const line = first === undefined ? undefined : await db.changes.get(first);
    // Projects whose ids begin alike are told apart by what the line says.
    const record = line === undefined ? null : requireLine(line);
    if (record?.projectId === projectId && imagesOfImport(record.body).includes(imageId)) return entry;
  }
  return undefined;
}

/** The images that a line of an import is about; none for other lines. */
export function imagesOfImport(body: ChangeRecord['body']): readonly ImageId[] {
  if (body.kind === 'imported') return body.images.map((image) => image.id);
  return body.kind === 'importedState' ? body.imageIds : [];
}

/** What a line did to an image, be it the image's own or one of an import; null for lines about other things. */
export async function changeOfLine(
  db: GroundmarkDatabase,
  record: ChangeRecord,
  imageId: ImageId,
): Promise<ReturnType<typeof changeSetOfRecord>> {
  const line = importedLineOf(record);
  if (line !== null) return changeSetOfImport(line, imageId);
  if (record.body.kind !== 'importedState' || record.targetId === null) return changeSetOfRecord(record);
  const target = await db.changes.where('id').equals(record.targetId).first();
  const original = target === undefined ? null : importedLineOf(requireLine(target));
  const change = original === null ? null : changeSetOfImport(original, imageId);
  if (change === null) return null;
  const { isThere } = record.body;
  return isThere ? { ...change, origin: record.origin } : invertChange(change, record.origin);
}
