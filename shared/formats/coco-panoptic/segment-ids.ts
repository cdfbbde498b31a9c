import { type DecodedPng, valuesOfPng } from '../parts/png/decode-png';
import type { PixelValues } from '../parts/png/mask-values';

/** Segment ids, one a pixel, of a panoptic PNG: R + 256 G + 65536 B (panopticapi's rgb2id); grey is the id itself. */
export function segmentIdsOf(png: DecodedPng): PixelValues {
  const values = valuesOfPng(png);
  if (png.channels < 3) return values;
  const ids = new Uint32Array(values.length);
  // `valuesOfPng` gives 0xRRGGBB, the other way round.
  for (let at = 0; at < ids.length; at += 1) {
    const value = values[at] ?? 0;
    ids[at] = ((value >>> 16) & 255) | (value & 0xff00) | ((value & 255) << 16);
  }
  return ids;
}

/** The colours of segment ids, three bytes a pixel (panopticapi's id2rgb). */
export function colorsOfIds(ids: Uint32Array): Uint8Array {
  const samples = new Uint8Array(3 * ids.length);
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    samples[3 * at] = id & 255;
    samples[3 * at + 1] = (id >>> 8) & 255;
    samples[3 * at + 2] = (id >>> 16) & 255;
  }
  return samples;
}
