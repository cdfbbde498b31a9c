import type { DatasetImage } from '../../format';

/** Ids of the sequences of one file, from 1 in the order in which they come (CocoVID's "videos"). */
export class VideoIds {
  readonly #ids = new Map<string, number>();

  of(sequence: string): number {
    const known = this.#ids.get(sequence);
    if (known !== undefined) return known;
    this.#ids.set(sequence, this.#ids.size + 1);
    return this.#ids.size;
  }

  /** The "videos" of the file, with the comma before them; '' when it has no sequence. */
  json(): string {
    if (this.#ids.size === 0) return '';
    const videos = [...this.#ids].map(([name, id]) => JSON.stringify({ id, name }));
    return `,\n"videos":[\n${videos.join(',\n')}\n]`;
  }
}

/** One element of "images". */
export function imageJson(
  id: number,
  { key, size, attributes, frame }: DatasetImage,
  videos: VideoIds,
): string {
  return JSON.stringify({
    id,
    file_name: key,
    ...(size === null ? {} : { width: size.width, height: size.height }),
    ...(frame === undefined
      ? {}
      : {
          video_id: videos.of(frame.sequence),
          frame_id: frame.index,
          ...(frame.timestampInMs === undefined ? {} : { timestamp_ms: frame.timestampInMs }),
        }),
    ...(attributes === undefined || Object.keys(attributes).length === 0 ? {} : { attributes }),
  });
}
