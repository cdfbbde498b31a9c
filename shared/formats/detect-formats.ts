import type { DatasetFolder, DatasetFormat, Detection } from './format';
import { FORMATS } from './index';

export interface DetectedFormat extends Detection {
  readonly format: DatasetFormat;
}

/** Below this a guess is not offered: it means that the files look like the format but none of its data was found. */
export const LEAST_CONFIDENCE = 0.5;

/**
 * What a folder may hold, best guess first; formats that are certainly not there are left out. The reasons of those
 * that were refused can be had from each format's own `detect`.
 */
export async function detectFormats(folder: DatasetFolder): Promise<readonly DetectedFormat[]> {
  const detected: DetectedFormat[] = [];
  for (const format of Object.values(FORMATS)) {
    const { confidence, reasons } = await format.detect(folder);
    if (confidence > 0) detected.push({ format, confidence, reasons });
  }
  // Equal confidence falls back to the id, so that the same folder always gives the same order.
  return detected.sort((a, b) => b.confidence - a.confidence || (a.format.id < b.format.id ? -1 : 1));
}
