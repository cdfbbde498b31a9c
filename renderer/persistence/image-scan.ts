import type { ProjectId, SourceId } from '../../shared/schema/ids';
import type { ScannedImage } from '../../shared/schema/image';
import type { PersistenceContext } from './context';
import type { ImageCatalogue } from './image-catalogue';
import { imageIdAt } from './image-ids';
import type { PagedImage } from './image-pages';

/** What becomes of one scan batch; ordinals name images that were there before. */
export interface ScanOutcome {
  added: number;
  /** Images that were there whose file is as new; a row of such an image takes this over. */
  readonly refreshed: { readonly ordinal: number; readonly facts: PagedImage }[];
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
  const outcome: ScanOutcome = { added: 0, refreshed: [], known: 0, moved: 0, duplicates: 0 };
  const random = context.newId();
  const refresh = (ordinal: number, before: PagedImage, scanned: ScannedImage) => {
    const facts: PagedImage = { ...before, ...scanned, sourceId, isMissing: 0 };
    catalogue.refresh(ordinal, facts);
    outcome.refreshed.push({ ordinal, facts });
  };
  for (const scanned of images) {
    const { key, contentHash } = scanned;
    const known = catalogue.ordinalOf(sourceId, key);
    if (known !== null) {
      outcome.known += 1;
      const before = catalogue.image(known);
      if (before !== null && (before.contentHash !== contentHash || before.isMissing === 1)) {
        refresh(known, before, scanned);
      }
      continue;
    }
    const moved = catalogue.missingWithHash(contentHash);
    const movedImage = moved === null ? null : catalogue.image(moved);
    if (moved !== null && movedImage !== null) {
      outcome.moved += 1;
      refresh(moved, movedImage, scanned);
      continue;
    }
    const first = catalogue.firstWithHash(contentHash);
    const original = first === null ? null : catalogue.image(first);
    if (original !== null) outcome.duplicates += 1;
    outcome.added += 1;
    catalogue.add({
      ...scanned,
      id: imageIdAt(random, projectId, catalogue.size),
      sourceId,
      isMissing: 0,
      duplicateOfId: original?.id ?? null,
    });
  }
  return outcome;
}
