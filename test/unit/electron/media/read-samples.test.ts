import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSamples } from '../../../../electron/media/decode/read-samples';
import { loadVips } from '../../../../electron/media/vips';
import {
  fittingWindow,
  isDeepPng,
  parseDeepPixels,
  windowed,
} from '../../../../renderer/pictures/pixels/deep-pixels';
import { makePicture } from '../../../harness/image-fixtures';

let folder: string;
/** 4 x 2 px of one channel, each with bits that an 8-bit way would lose. */
const VALUES = [0, 1, 257, 4095, 10_000, 32_769, 65_534, 65_535];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-samples-'));
  const vips = await loadVips();
  const grey = vips.Image.newFromMemory(Uint16Array.from(VALUES), 4, 2, 1, vips.BandFormat.ushort).copy({
    interpretation: 'grey16',
  });
  fs.writeFileSync(path.join(folder, 'grey.png'), grey.writeToBuffer('.png'));
  fs.writeFileSync(path.join(folder, 'grey.tif'), grey.writeToBuffer('.tif'));
  const turned = grey.copy();
  turned.setInt('orientation', 6);
  fs.writeFileSync(path.join(folder, 'turned.tif'), turned.writeToBuffer('.tif'));
  const colour = vips.Image.newFromMemory(
    Uint16Array.from([1000, 2000, 3000, 4, 5, 6]),
    2,
    1,
    3,
    vips.BandFormat.ushort,
  ).copy({
    interpretation: 'rgb16',
  });
  fs.writeFileSync(path.join(folder, 'colour.png'), colour.writeToBuffer('.png'));
  fs.writeFileSync(path.join(folder, 'eight.png'), await makePicture('png'));
  fs.writeFileSync(path.join(folder, 'eight.tif'), await makePicture('tiff'));
  fs.writeFileSync(
    path.join(folder, 'cut.tif'),
    fs.readFileSync(path.join(folder, 'grey.tif')).subarray(0, 12),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function pixelsOf(name: string) {
  const read = await readSamples(path.join(folder, name));
  if (!read.ok) throw new Error(read.error.message);
  if (read.value === null) return null;
  const parsed = parseDeepPixels(Uint8Array.from(read.value).buffer);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe('samples of 16 bits', () => {
  it.each(['grey.png', 'grey.tif'])('of %s come through to the last bit', async (name) => {
    const pixels = await pixelsOf(name);
    expect(pixels).toMatchObject({ width: 4, height: 2, bands: 1 });
    expect([...(pixels?.samples ?? [])]).toEqual(VALUES);
  });

  it('of colour pictures come channel by channel', async () => {
    const pixels = await pixelsOf('colour.png');
    expect(pixels).toMatchObject({ width: 2, height: 1, bands: 3 });
    expect([...(pixels?.samples ?? [])]).toEqual([1000, 2000, 3000, 4, 5, 6]);
  });

  it('come upright', async () => {
    const pixels = await pixelsOf('turned.tif');
    expect(pixels).toMatchObject({ width: 2, height: 4 });
    // Orientation 6 is shown turned clockwise: the lower row becomes the left column.
    expect([...(pixels?.samples ?? [])]).toEqual([10_000, 0, 32_769, 1, 65_534, 257, 65_535, 4095]);
  });

  it.each(['eight.png', 'eight.tif'])('are none in %s', async (name) => {
    expect(await pixelsOf(name)).toBeNull();
  });

  it('of a damaged file are refused', async () => {
    const read = await readSamples(path.join(folder, 'cut.tif'));
    expect(read.ok).toBe(false);
  });

  it('are told by the first bytes of a PNG', () => {
    expect(isDeepPng(fs.readFileSync(path.join(folder, 'grey.png')).subarray(0, 32))).toBe(true);
    expect(isDeepPng(fs.readFileSync(path.join(folder, 'eight.png')).subarray(0, 32))).toBe(false);
  });
});

describe('the window of sample values', () => {
  const deep = (samples: readonly number[], bands: 1 | 2 | 3 | 4 = 1) => ({
    width: samples.length / bands,
    height: 1,
    bands,
    samples: Uint16Array.from(samples),
  });

  it('maps low to black, high to white, and the middle between', () => {
    const rgba = windowed(deep([900, 1000, 1500, 2000, 3000]), { low: 1000, high: 2000 });
    expect([...rgba.filter((_, at) => at % 4 === 0)]).toEqual([0, 0, 128, 255, 255]);
    expect([...rgba.filter((_, at) => at % 4 === 3)]).toEqual([255, 255, 255, 255, 255]);
  });

  it('keeps alpha apart from colour', () => {
    expect([...windowed(deep([1500, 65_535, 2000, 0], 2), { low: 1000, high: 2000 })]).toEqual([
      128, 128, 128, 255, 255, 255, 255, 0,
    ]);
  });

  it('leaves half a percent of hot and dead pixels outside', () => {
    const samples = Array.from({ length: 1000 }, (_, index) => 1000 + index);
    samples.splice(0, 5, 0, 0, 0, 0, 0);
    samples.splice(995, 5, 65_535, 65_535, 65_535, 65_535, 65_535);
    expect(fittingWindow(deep(samples))).toEqual({ low: 1005, high: 1994 });
  });

  it('has a range in an even picture too', () => {
    const { low, high } = fittingWindow(deep([700, 700, 700]));
    expect(high).toBeGreaterThan(low);
  });
});
