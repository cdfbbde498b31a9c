import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64FromBytes, bytesFromBase64 } from '../../../../../shared/formats/parts/base64';

it('base64 is what Node makes of it, both ways', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(base64FromBytes(bytes)).toBe(text);
      expect([...(bytesFromBase64(text) ?? [])]).toEqual([...bytes]);
    }),
  ));

it('base64 of more than one piece is joined without a seam', () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, at) => (at * 31) % 256);
  expect(base64FromBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});

it.each([
  ['line breaks are passed over', 'AQ\r\nID\n', [1, 2, 3]],
  ['padding may be missing', 'AQ', [1]],
  ['a letter of another alphabet is refused', 'A_-A', null],
  ['letters after padding are refused', 'AQ==AQ==', null],
  ['a single letter left over is refused', 'AQIDA', null],
  ['letters beyond ASCII are refused', 'AQÄA', null],
])('%s', (_, text, bytes) => {
  const found = bytesFromBase64(text);
  expect(found === null ? null : [...found]).toEqual(bytes);
});
