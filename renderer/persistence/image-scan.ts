import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { ScannedImage } from '../../shared/schema/image';
import type { PersistenceContext } from './context';
import type { CatalogueEntry, ImageCatalogue } from './image-catalogue';
import { type StoredImage, storedImage } from './stored-records';

/** What becomes of one scan batch; ordinals name images that were there before. */
export interface ScanOutcome {
  readonly newImages: StoredImage[];
  /** Files that are as new: their image's row takes over what the scan found. */
  readonly refreshed: { readonly ordinal: number; readonly scanned: ScannedImage }[];
  known: number;
  moved: number;
  duplicates: number;
}

/**
 * Sorts a scan batch into known, changed, moved and new files and updates the catalogue in memory accordingly; when
 * the transaction around it fails, the catalogue must be thrown away. O(batch).
 */
export function sortScan(
  context: PersistenceContext,
  catalogue: ImageCatalogue,
  projectId: ProjectId,
  sourceId: SourceId,
  images: readonly ScannedImage[],
): ScanOutcome {
  const outcome: ScanOutcome = { newImages: [], refreshed: [], known: 0, moved: 0, duplicates: 0 };
  for (const scanned of images) {
    const { key, contentHash } = scanned;
    const known = catalogue.ordinalOf(sourceId, key);
    if (known !== null) {
      outcome.known += 1;
      const entry = catalogue.entry(known);
      if (entry !== null && (entry.contentHash !== contentHash || catalogue.isMissing(known))) {
        catalogue.refresh(known, { ...entry, contentHash });
        outcome.refreshed.push({ ordinal: known, scanned });
      }
      continue;
    }
    const moved = catalogue.missingWithHash(contentHash);
    const movedEntry = moved === null ? null : catalogue.entry(moved);
    if (moved !== null && movedEntry !== null) {
      outcome.moved += 1;
      catalogue.refresh(moved, { id: movedEntry.id, sourceId, key, contentHash });
      outcome.refreshed.push({ ordinal: moved, scanned });
      continue;
    }
    const first = catalogue.firstWithHash(contentHash);
    const original: CatalogueEntry | null = first === null ? null : catalogue.entry(first);
    if (original !== null) outcome.duplicates += 1;
    const id = context.newId() as ImageId;
    const ordinal = catalogue.add({ id, sourceId, key, contentHash });
    outcome.newImages.push(
      storedImage(
        {
          ...scanned,
          id,
          projectId,
          sourceId,
          searchName: searchNameOf(key),
          ordinal,
          state: 'unlabelled',
          labelIds: [],
          annotationCount: 0,
          hasFinding: 0,
          isMissing: 0,
          duplicateOfId: original?.id ?? null,
        },
        0,
      ),
    );
  }
  return outcome;
}

/** An image's row after its file was found (again) as `scanned`; labels and place stay. */
export function refreshedImage(image: StoredImage, sourceId: SourceId, scanned: ScannedImage): StoredImage {
  return storedImage(
    { ...image, ...scanned, sourceId, searchName: searchNameOf(scanned.key), isMissing: 0 },
    image.revision,
  );
}

function searchNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).toLowerCase();
}
