import ExifReader from 'exifreader';
import { imageSize } from 'image-size';
import { describe, expect, it } from 'vitest';
import { PROBES } from '../../../../electron/media/probe';
import { bytesInMemory } from '../../../../electron/media/probe/byte-source';
import { exifTimestamp } from '../../../../electron/media/probe/exif';
import { displayedSize } from '../../../../electron/media/probe/picture-facts';
import { sniffFormat } from '../../../../electron/media/probe/signature';
import type { ImageFormat } from '../../../../shared/schema/image';
import { FIXTURE_FORMATS, makePicture } from '../../../harness/image-fixtures';

function probe(format: ImageFormat, content: Buffer) {
  const result = PROBES[format](bytesInMemory(content));
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

describe('what the headers of a picture say', () => {
  it.each(FIXTURE_FORMATS)(
    '%s is known by its first bytes and has the size that another reader finds',
    async (format) => {
      const content = await makePicture(format, { width: 150, height: 103 });
      expect(sniffFormat(content)).toBe(format);
      expect(probe(format, content)).toMatchObject({ storedWidth: 150, storedHeight: 103, orientation: 1 });
      const other = imageSize(content);
      expect([other.width, other.height]).toEqual([150, 103]);
    },
  );

  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
    '%s gives orientation and capture time as exifreader does',
    async (format) => {
      for (let orientation = 1; orientation <= 8; orientation++) {
        const content = await makePicture(format, { orientation, takenAt: '2024:05:17 08:30:00' });
        const facts = probe(format, content);
        const tags = ExifReader.load(content);
        expect(tags.Orientation?.value ?? 1).toBe(orientation);
        expect(facts.orientation).toBe(orientation);
        expect(displayedSize(facts)).toEqual(
          orientation >= 5 ? { width: 32, height: 64 } : { width: 64, height: 32 },
        );
        // libvips writes no capture time into TIFF.
        if (format === 'tiff') continue;
        expect(tags.DateTimeOriginal?.description).toBe('2024:05:17 08:30:00');
        expect(facts.capturedAt).toBe('2024-05-17T08:30:00.000Z');
      }
    },
  );

  it('avif turns by its own boxes, whatever they are called elsewhere', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const facts = probe('avif', await makePicture('avif', { orientation }));
      expect([orientation, facts.orientation]).toEqual([orientation, orientation]);
    }
  });

  it('a zone moves the capture time, and dates that no calendar has are none', () => {
    expect(exifTimestamp('2024:01:01 00:30:00', '+02:00')).toBe('2023-12-31T22:30:00.000Z');
    expect(exifTimestamp('2024:01:01 00:30:00', null)).toBe('2024-01-01T00:30:00.000Z');
    expect(exifTimestamp('0000:00:00 00:00:00', null)).toBeNull();
    expect(exifTimestamp('2024:02:31 00:00:00', null)).toBeNull();
    expect(exifTimestamp('yesterday', null)).toBeNull();
  });
});

describe('hostile bytes', () => {
  it('never make a probe throw or loop: every cut and many flipped bytes of every format', async () => {
    for (const format of FIXTURE_FORMATS) {
      const content = await makePicture(format, { takenAt: '2024:05:17 08:30:00' });
      const step = Math.max(1, Math.floor(content.length / 400));
      for (let at = 0; at < content.length; at += step) {
        PROBES[format](bytesInMemory(content.subarray(0, at)));
        for (const value of [0x00, 0xff, 0x80]) {
          const flipped = Buffer.from(content);
          flipped.writeUInt8(value, at);
          PROBES[format](bytesInMemory(flipped));
        }
      }
    }
  });
});
