import { describe, expect, it } from 'vitest';
import { explainExport } from '../../../../renderer/datasets/explain-export';
import { fidelityTable } from '../../../../shared/formats/parts/fidelity-table';
import type { ExportReport } from '../../../../shared/ipc/channels/datasets';

function report(
  annotations: number,
  readBack: Partial<ExportReport['readBack']>,
  lossCountByCode: Record<string, number> = {},
): ExportReport {
  return {
    formatId: 'coco',
    images: 10,
    annotations,
    filesWritten: 1,
    byteSize: 1,
    readBack: {
      images: 10,
      annotations,
      matched: 0,
      missing: 0,
      extra: 0,
      moved: 0,
      relabelled: 0,
      largestCoordinateError: 0,
      leftOut: 0,
      inPart: 0,
      iou: null,
      differences: {},
      ...readBack,
    },
    losses: [],
    lossCountByCode,
    notes: [],
    fidelity: fidelityTable({ shapes: { box: 'exact' } }),
    name: 'set',
    lossFile: null,
  };
}

describe('an export report', () => {
  it('tells polylines that were left out as one fact, and misses nothing else', () => {
    const told = explainExport(
      report(78, { matched: 78, missing: 22 }, { 'unsupported-shape': 22 }),
      'COCO detection',
    );
    expect(told).toEqual({
      inVersion: 100,
      missing: 0,
      isAllThere: true,
      differences: [],
      losses: [
        {
          code: 'unsupported-shape',
          fact: 'Shapes not written: COCO detection does not hold their kind',
          count: 22,
        },
      ],
    });
  });

  it('keeps what was written and did not come back apart from what was left out', () => {
    const told = explainExport(
      report(78, { matched: 75, missing: 25 }, { 'unsupported-shape': 22 }),
      'COCO detection',
    );
    expect(told).toMatchObject({ missing: 3, isAllThere: false });
  });

  it('says of attributes what was not written, while every annotation is there', () => {
    const told = explainExport(report(5, { matched: 5 }, { 'attribute-dropped': 9 }), 'YOLO detection');
    expect(told).toMatchObject({
      missing: 0,
      isAllThere: true,
      losses: [
        {
          code: 'attribute-dropped',
          fact: 'Attribute values not written: YOLO detection has none',
          count: 9,
        },
      ],
    });
  });

  it('calls moved, relabelled and extra annotations a difference', () => {
    for (const kind of ['moved', 'relabelled', 'extra'] as const) {
      expect(explainExport(report(5, { matched: 5, [kind]: 1 }), 'COCO').isAllThere).toBe(false);
    }
  });

  it('shows a code that it does not know in plain words', () => {
    expect(explainExport(report(1, { matched: 1 }, { 'new-kind-of-loss': 1 }), 'COCO').losses[0]?.fact).toBe(
      'New kind of loss',
    );
  });
});
