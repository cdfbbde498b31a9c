import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, crc32ByTable } from '../../../../electron/media/probe/crc32';

it('is the checksum of the specification, whichever way it is computed', () => {
  // The check value of CRC-32/ISO-HDLC.
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32ByTable(Buffer.from('123456789'))).toBe(0xcbf43926);
});

it('of two halves is that of the whole', () =>
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = Buffer.concat([first, second]);
      expect(crc32(second, crc32(first))).toBe(crc32(whole));
      expect(crc32ByTable(second, crc32ByTable(first))).toBe(crc32(whole));
    }),
  ));
