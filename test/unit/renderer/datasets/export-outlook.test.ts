import { expect, it } from 'vitest';
import { exportOutlook } from '../../../../renderer/datasets/export-outlook';
import { fidelityTable } from '../../../../shared/formats/parts/fidelity-table';
import type { VersionContents } from '../../../../shared/ipc/channels/version-contents';

const CONTENTS: VersionContents = {
  images: 10,
  annotations: 7,
  shapes: { box: 5, polyline: 2 },
  attributes: 3,
  isCrowd: 0,
  score: 0,
  groups: 1,
  tracks: 0,
  notes: 0,
  emptyImages: 2,
  unlabelledImages: 0,
  frames: 0,
  splits: 3,
  unusedLabels: 4,
  labels: 6,
  outside: 1,
  turnedImages: 0,
};
const BOXES = fidelityTable({
  shapes: { box: 'rounded' },
  coordinateErrorInImagePx: 0.005,
  emptyImages: 'exact',
  splits: 'exact',
  classIndex: 'exact',
});

const rowsOf = (options: Record<string, string> = {}, fidelity = BOXES) =>
  Object.fromEntries(
    exportOutlook(CONTENTS, fidelity, options).rows.map(({ what, count, fate }) => [
      what,
      `${count} ${fate}`,
    ]),
  );

it('tells what becomes of everything that the version holds, and of nothing else', () => {
  expect(rowsOf()).toEqual({
    'Bounding box': '5 rounded',
    Polyline: '2 dropped',
    'With attributes or flags': '3 dropped',
    'In groups': '1 dropped',
    'Images confirmed empty': '2 kept',
    Splits: '3 kept',
    'Class numbers': '6 kept',
    'Labels without annotations': '4 dropped',
  });
  expect(exportOutlook(CONTENTS, BOXES, {}).keepsAll).toBe(false);
});

it('follows the choices of the export', () => {
  expect(rowsOf({ shapes: 'convert', clamp: 'clip', splits: 'none', decimals: '0' })).toMatchObject({
    'Bounding box': '5 rounded',
    Polyline: '2 converted',
    'Shapes that leave the picture': '1 in-part',
    Splits: '3 dropped',
  });
  const [box] = exportOutlook(CONTENTS, BOXES, { decimals: '0' }).rows;
  expect(box?.how).toBe('to whole pixels');
  expect(exportOutlook(CONTENTS, BOXES, {}).rows[0]?.how).toBe('within 0.005 px');
});

it('says that all is kept when it is', () => {
  const all = fidelityTable({
    shapes: { box: 'exact', polyline: 'exact' },
    attributes: 'exact',
    groups: 'exact',
    emptyImages: 'exact',
    splits: 'exact',
    classIndex: 'exact',
    unusedLabels: 'exact',
  });
  expect(exportOutlook(CONTENTS, all, {}).keepsAll).toBe(true);
});
