import fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type AppError, type AppErrorCode, appError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import type { GrantStore } from '../grants/grant-store';
import type { WorkerProcess } from '../process-host/worker-process';
import { type AssetRequest, parseAssetUrl } from './asset-address';
import {
  type DecodedPicture,
  PICTURE_DECODE,
  PICTURE_SALVAGE,
  PICTURE_SAMPLES,
  type PictureDecodeArgs,
  type PictureSalvageArgs,
  type PictureSamples,
  type PictureSamplesArgs,
  type SalvagedPicture,
} from './media-requests';
import { CONTENT_TYPES, SIGNATURE_BYTES, sniffFormat } from './probe/signature';
import type { ThumbnailCache } from './thumbnail-cache';
import type { TiledPicture, TileService } from './tiles/tile-service';

/** Up to this many bytes a picture is read at once, which is faster; larger ones are streamed. */
const READ_AT_ONCE_BYTES = 8 * 1024 * 1024;

/** `WIDTHxHEIGHT` of the whole picture, beside its overview. */
const PICTURE_SIZE = 'Groundmark-Picture-Size';

/** Beside a picture that was decoded as far as it goes. */
const DAMAGED_FROM_ROW = 'Groundmark-Damaged-From-Row';

export interface AssetServices {
  readonly grants: GrantStore;
  readonly media: Pick<WorkerProcess, 'request'>;
  readonly thumbnails: ThumbnailCache;
  readonly tiles: TileService;
}

/**
 * Answers `asset://` addresses (asset-address.ts) with pictures: a file's own bytes, a PNG of what Chromium cannot decode
 * or what is left of a damaged file, cached thumbnails, and huge pictures in parts. Only pictures, known by their first bytes, and only from
 * grants that were opened as images. Refusals are short plain texts: 403, 404, 422 when the content cannot be decoded.
 */
export function createAssetResponder(services: AssetServices): (request: Request) => Promise<Response> {
  return async (request) => {
    const asked = parseAssetUrl(request.url);
    if (asked === null) return refusal(404, 'There is nothing at this address.');
    if (asked.kind === 'thumbnail') return answerThumbnail(services.thumbnails, asked.contentHash);
    const file = await resolveFile(services.grants, asked);
    if (!file.ok) return refusalOf(file.error);
    switch (asked.kind) {
      case 'source':
        return asked.pngMaxSide === null
          ? sendFile(file.value)
          : decode(services.media, file.value, asked.pngMaxSide);
      case 'salvage':
        return salvage(services.media, file.value);
      case 'samples':
        return samples(services.media, file.value);
      default:
        return answerTiled(
          services.tiles,
          { file: file.value, contentHash: asked.contentHash },
          asked,
          request,
        );
    }
  };
}

async function answerThumbnail(thumbnails: ThumbnailCache, contentHash: string): Promise<Response> {
  const bytes = await thumbnails.get(contentHash);
  if (bytes === null) return refusal(404, 'This thumbnail is not made yet.');
  // The address is the content's hash, so what it names never changes.
  return picture(bytes, 'image/webp', bytes.length, 'private, max-age=31536000, immutable');
}

async function resolveFile(
  grants: GrantStore,
  { sourceId, key }: Exclude<AssetRequest, { kind: 'thumbnail' }>,
): Promise<Result<string>> {
  const grant = grants.get(sourceId);
  if (!grant.ok) return grant;
  if (grant.value.purpose !== 'images') {
    return err(appError('file.outside-grant', 'This folder was not opened for its images.'));
  }
  return grants.resolve(sourceId, key);
}

async function decode(media: AssetServices['media'], file: string, maxSide: number): Promise<Response> {
  const args: PictureDecodeArgs = { file, maxSide };
  const decoded = await media.request<DecodedPicture>(PICTURE_DECODE, args);
  if (!decoded.ok) return refusalOf(decoded.error);
  return picture(decoded.value.png, 'image/png', decoded.value.png.length, 'no-store');
}

/** 204 when the picture has not 16 bits a channel. */
async function samples(media: AssetServices['media'], file: string): Promise<Response> {
  const args: PictureSamplesArgs = { file };
  const read = await media.request<PictureSamples>(PICTURE_SAMPLES, args);
  if (!read.ok) return refusalOf(read.error);
  const bytes = read.value.samples;
  if (bytes === null) return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
  return picture(bytes, 'application/octet-stream', bytes.length, 'no-store');
}

async function salvage(media: AssetServices['media'], file: string): Promise<Response> {
  const args: PictureSalvageArgs = { file };
  const salvaged = await media.request<SalvagedPicture>(PICTURE_SALVAGE, args);
  if (!salvaged.ok) return refusalOf(salvaged.error);
  const { png, damagedFromRow } = salvaged.value;
  const response = picture(png, 'image/png', png.length, 'no-store');
  if (damagedFromRow !== null) response.headers.set(DAMAGED_FROM_ROW, String(damagedFromRow));
  return response;
}

type TiledRequest = Extract<AssetRequest, { kind: 'overview' | 'tile' | 'crop' | 'damage' }>;

async function answerTiled(
  tiles: TileService,
  tiled: TiledPicture,
  asked: TiledRequest,
  request: Request,
): Promise<Response> {
  switch (asked.kind) {
    case 'overview': {
      const overview = await tiles.overview(tiled);
      if (!overview.ok) return refusalOf(overview.error);
      const { jpeg, size } = overview.value;
      const response = picture(jpeg, 'image/jpeg', jpeg.length, 'no-store');
      response.headers.set(PICTURE_SIZE, `${size.width}x${size.height}`);
      return response;
    }
    case 'tile': {
      const tile = await tiles.tile(tiled, asked.address, request.signal);
      if (!tile.ok) return refusalOf(tile.error);
      return picture(tile.value.pixels, 'application/octet-stream', tile.value.pixels.length, 'no-store');
    }
    case 'crop': {
      const crop = await tiles.crop(tiled, asked.rect);
      if (!crop.ok) return refusalOf(crop.error);
      return picture(crop.value.png, 'image/png', crop.value.png.length, 'no-store');
    }
    case 'damage': {
      const damage = await tiles.damage(tiled);
      return damage.ok ? Response.json({ damagedFromRow: damage.value }) : refusalOf(damage.error);
    }
  }
}

async function sendFile(file: string): Promise<Response> {
  let handle: fs.FileHandle;
  try {
    handle = await fs.open(file, 'r');
  } catch {
    return refusal(404, 'The picture is not there any more or may not be read.');
  }
  let isHandedOver = false;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return refusal(403, 'This is no file.');
    const isSmall = stats.size <= READ_AT_ONCE_BYTES;
    const start = Buffer.allocUnsafe(isSmall ? stats.size : SIGNATURE_BYTES);
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    const format = sniffFormat(start.subarray(0, Math.min(bytesRead, SIGNATURE_BYTES)));
    if (format === null) return refusal(403, 'This file is no picture.');
    if (isSmall && bytesRead === stats.size) {
      return picture(start, CONTENT_TYPES[format], start.length, 'no-store');
    }
    isHandedOver = true;
    // The stream closes the handle at its end and when the asker gives up.
    const stream = Readable.toWeb(handle.createReadStream({ start: 0 })) as ReadableStream<Uint8Array>;
    return picture(stream, CONTENT_TYPES[format], stats.size, 'no-store');
  } catch {
    return refusal(404, 'The picture could not be read.');
  } finally {
    if (!isHandedOver) await handle.close();
  }
}

function picture(
  body: Uint8Array<ArrayBufferLike> | ReadableStream<Uint8Array>,
  type: string,
  length: number,
  caching: string,
): Response {
  return new Response(body as ConstructorParameters<typeof Response>[0], {
    headers: { 'Content-Type': type, 'Content-Length': String(length), 'Cache-Control': caching },
  });
}

function refusalOf({ code, message }: AppError): Response {
  return refusal(statusOf(code), message);
}

function statusOf(code: AppErrorCode): number {
  if (code === 'file.unknown-grant' || code === 'file.outside-grant') return 403;
  if (code === 'file.not-found' || code === 'file.not-readable') return 404;
  if (code === 'file.disk-full') return 507;
  return code.startsWith('image.') ? 422 : 500;
}

function refusal(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
