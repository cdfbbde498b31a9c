import type { Rect } from '../../shared/geometry/rect';
import type { TileAddress } from '../../shared/geometry/tile-pyramid';
import { RelativeKey, Sha256, SourceId } from '../../shared/schema/ids';
import { MAX_SIDE } from './limits';

/** Longest side of a picture decoded here, when the asker names none. */
const DEFAULT_MAX_SIDE = 8192;

interface FileAsset {
  readonly sourceId: SourceId;
  readonly key: string;
}

interface TiledAsset extends FileAsset {
  readonly contentHash: Sha256;
}

/** What `asset://` addresses ask for; null for anything that is not one of them. */
export type AssetRequest =
  | { readonly kind: 'thumbnail'; readonly contentHash: string }
  | (FileAsset & {
      readonly kind: 'source';
      /** Longest side of a PNG to decode to; null for the file's own bytes. */
      readonly pngMaxSide: number | null;
    })
  /** What can be had of a damaged picture. */
  | (FileAsset & { readonly kind: 'salvage' })
  /** The samples of a picture with 16 bits a channel. */
  | (FileAsset & { readonly kind: 'samples' })
  | (TiledAsset & { readonly kind: 'overview' })
  | (TiledAsset & { readonly kind: 'tile'; readonly address: TileAddress })
  | (TiledAsset & { readonly kind: 'crop'; readonly rect: Rect })
  | (TiledAsset & { readonly kind: 'damage' });

/**
 * Reads an address: `asset://thumb/HASH`, `asset://source/GRANT/KEY` with `?as=png&max=PX`, `?as=salvage` or `?as=raw16`, and for
 * huge pictures `asset://overview/GRANT/HASH/KEY`, `asset://tile/GRANT/HASH/LEVEL/COLUMN/ROW/KEY`,
 * `asset://crop/GRANT/HASH/LEFT/TOP/WIDTH/HEIGHT/KEY` and `asset://damage/GRANT/HASH/KEY`.
 */
export function parseAssetUrl(text: string): AssetRequest | null {
  let url: URL;
  let parts: readonly string[];
  try {
    url = new URL(text);
    parts = url.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  if (url.host === 'thumb') return rest.length === 0 ? { kind: 'thumbnail', contentHash: first } : null;
  if (url.host === 'source') return parseSource(url, first, rest);
  const contentHash = Sha256.safeParse(rest[0]);
  if (!contentHash.success) return null;
  return parseTiled(url.host, first, contentHash.data, rest.slice(1));
}

function parseSource(url: URL, grant: string, keyParts: readonly string[]): AssetRequest | null {
  const file = parseFile(grant, keyParts);
  const max = Number(url.searchParams.get('max') ?? DEFAULT_MAX_SIDE);
  if (file === null || !Number.isInteger(max) || max < 1 || max > MAX_SIDE) return null;
  const as = url.searchParams.get('as');
  if (as === 'salvage') return { kind: 'salvage', ...file };
  if (as === 'raw16') return { kind: 'samples', ...file };
  return { kind: 'source', ...file, pngMaxSide: as === 'png' ? max : null };
}

function parseTiled(
  kind: string,
  grant: string,
  contentHash: Sha256,
  rest: readonly string[],
): AssetRequest | null {
  const count = kind === 'tile' ? 3 : kind === 'crop' ? 4 : 0;
  const file = parseFile(grant, rest.slice(count));
  const numbers = rest.slice(0, count).map(parseCount);
  if (file === null || numbers.includes(-1)) return null;
  const tiled = { ...file, contentHash };
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (kind) {
    case 'overview':
    case 'damage':
      return { kind, ...tiled };
    case 'tile':
      return { kind, ...tiled, address: { level: a, column: b, row: c } };
    case 'crop':
      return { kind, ...tiled, rect: { x: a, y: b, width: c, height: d } };
    default:
      return null;
  }
}

/** -1 for anything but a count that a picture may have. */
function parseCount(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : -1;
}

function parseFile(grant: string, keyParts: readonly string[]): FileAsset | null {
  const sourceId = SourceId.safeParse(grant);
  // Each part was encoded by itself; a slash inside one would be a way to smuggle a path in.
  const key = RelativeKey.safeParse(keyParts.some((part) => part.includes('/')) ? '' : keyParts.join('/'));
  return sourceId.success && key.success ? { sourceId: sourceId.data, key: key.data } : null;
}
