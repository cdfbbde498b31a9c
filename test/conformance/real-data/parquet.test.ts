import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { parquet } from '../../../shared/formats/parquet/parquet';
import { okValue } from '../../fixtures/ok-value';
import { isRealDataHere, REAL_DATA } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isRealDataHere)('a real Parquet file that is no dataset', () => {
  it('is told from one, with the reason', async () => {
    const folder = okValue(await openDatasetFolder(path.join(REAL_DATA, 'tables/frictionless/data')));
    const { confidence, reasons } = await parquet.detect(folder);
    expect(confidence).toBeLessThan(0.5);
    expect(reasons).toEqual([
      'table.parquet is a table, but there is no images.parquet beside an annotations.parquet',
    ]);
  });
});
