import fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { AppErrorCode } from '../../shared/result/app-error';
import { RelativeKey, SourceId } from '../../shared/schema/ids';
import type { GrantStore } from '../grants/grant-store';
import type { WorkerProcess } from '../process-host/worker-process';
import { MAX_SIDE } from './limits';
import { type DecodedPicture, PICTURE_DECODE, type PictureDecodeArgs } from './media-requests';
import { CONTENT_TYPES, SIGNATURE_BYTES, sniffFormat } from './probe/signature';
import type { ThumbnailCache } from './thumbnail-cache';

/** Up to this many bytes a picture is read at once, which is faster; larger ones are streamed. */
const READ_AT_ONCE_BYTES = 8 * 1024 * 1024;

/** Longest side of a picture decoded here, when the asker names none. */
const DEFAULT_MAX_SIDE = 8192;

export interface AssetServices {
  readonly grants: GrantStore;
  readonly media: Pick<WorkerProcess, 'request'>;
  readonly thumbnails: ThumbnailCache;
}

/** What `asset://` addresses ask for; null for anything that is not one of them. */
export type AssetRequest =
  | { readonly kind: 'thumbnail'; readonly contentHash: string }
  | {
      readonly kind: 'source';
      readonly sourceId: SourceId;
      readonly key: string;
      /** Longest side of a PNG to decode to; null for the file's own bytes. */
      readonly pngMaxSide: number | null;
    };

/**
 * Answers `asset://source/<grant>/<key>` with a picture's bytes (`?as=png`, optionally `&max=<px>`, decodes what Chromium
 * cannot) and `asset://thumb/<hash>` with a cached thumbnail. Only pictures, known by their first bytes, and only from
 * grants that were opened as images. Refusals are short plain texts: 403, 404, 422 when the content cannot be decoded.
 */
export function createAssetResponder(services: AssetServices): (request: Request) => Promise<Response> {
  return async (request) => {
    const asked = parseAssetUrl(request.url);
    if (asked === null) return refusal(404, 'There is nothing at this address.');
    if (asked.kind === 'thumbnail') return answerThumbnail(services.thumbnails, asked.contentHash);
    return answerSource(services, asked);
  };
}

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
  const sourceId = SourceId.safeParse(first);
  // Each part was encoded by itself; a slash inside one would be a way to smuggle a path in.
  const key = RelativeKey.safeParse(rest.some((part) => part.includes('/')) ? '' : rest.join('/'));
  if (url.host !== 'source' || !sourceId.success || !key.success) return null;
  const max = Number(url.searchParams.get('max') ?? DEFAULT_MAX_SIDE);
  if (!Number.isInteger(max) || max < 1 || max > MAX_SIDE) return null;
  const pngMaxSide = url.searchParams.get('as') === 'png' ? max : null;
  return { kind: 'source', sourceId: sourceId.data, key: key.data, pngMaxSide };
}

async function answerThumbnail(thumbnails: ThumbnailCache, contentHash: string): Promise<Response> {
  const bytes = await thumbnails.get(contentHash);
  if (bytes === null) return refusal(404, 'This thumbnail is not made yet.');
  // The address is the content's hash, so what it names never changes.
  return picture(bytes, 'image/webp', bytes.length, 'private, max-age=31536000, immutable');
}

async function answerSource(
  { grants, media }: AssetServices,
  asked: Extract<AssetRequest, { kind: 'source' }>,
): Promise<Response> {
  const grant = grants.get(asked.sourceId);
  if (!grant.ok) return refusal(statusOf(grant.error.code), grant.error.message);
  if (grant.value.purpose !== 'images') return refusal(403, 'This folder was not opened for its images.');
  const file = await grants.resolve(asked.sourceId, asked.key);
  if (!file.ok) return refusal(statusOf(file.error.code), file.error.message);
  if (asked.pngMaxSide === null) return sendFile(file.value);
  const args: PictureDecodeArgs = { file: file.value, maxSide: asked.pngMaxSide };
  const decoded = await media.request<DecodedPicture>(PICTURE_DECODE, args);
  return decoded.ok
    ? picture(decoded.value.png, 'image/png', decoded.value.png.length, 'no-store')
    : refusal(statusOf(decoded.error.code), decoded.error.message);
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

function statusOf(code: AppErrorCode): number {
  if (code === 'file.unknown-grant' || code === 'file.outside-grant') return 403;
  if (code === 'file.not-found' || code === 'file.not-readable') return 404;
  return code.startsWith('image.') ? 422 : 500;
}

function refusal(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
