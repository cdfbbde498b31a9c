import { expect, it } from 'vitest';
import { isCutOff } from '../../../../renderer/pictures/cut-off';

const JPEG = 'image/jpeg';
const blob = (type: string, ...parts: readonly (readonly number[])[]) =>
  new Blob(
    parts.map((part) => Uint8Array.from(part)),
    { type },
  );
const zeros = (count: number) => new Array<number>(count).fill(0);

it('tells a cut-off file by its missing end marker, whatever lies behind the picture', async () => {
  expect(await isCutOff(blob(JPEG, zeros(100), [0xff, 0xd9]))).toBe(false);
  expect(await isCutOff(blob(JPEG, zeros(100), [0xff, 0xd9], zeros(200_000)))).toBe(false);
  expect(await isCutOff(blob(JPEG, zeros(100), [0xff], zeros(9), [0xd9]))).toBe(true);
  expect(await isCutOff(blob(JPEG, zeros(200_000)))).toBe(true);
  expect(await isCutOff(blob('image/png', zeros(9), [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]))).toBe(
    false,
  );
  expect(await isCutOff(blob('image/png', zeros(9), [0x49, 0x45, 0x4e, 0x44]))).toBe(true);
  expect(await isCutOff(blob('image/webp', zeros(9)))).toBe(false);
});
