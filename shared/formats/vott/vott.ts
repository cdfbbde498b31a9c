import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findVottFiles } from './find-vott-files';
import { readVott } from './read-vott';
import { writeVott } from './write-vott';

export const vott: DatasetFormat = {
  id: 'vott',
  title: 'VoTT 2 JSON',
  description:
    "Microsoft VoTT's JSON export, or its project with one file a picture; rectangles and polygons.",
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'exact', polygon: 'exact' },
      groups: 'lossy',
      emptyImages: 'exact',
      splits: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'A polygon of several parts becomes one region a part, and is put together again here; holes are kept in a field that VoTT does not show.',
        'A region of several tags is read as one object a tag, which share a group, and such are written as one region again; other groups are not kept.',
        'A picture that was visited and has no region is taken for one that holds nothing.',
      ],
    }),
  picturePath: (image) => image.key,

  async detect(folder) {
    const { files, nearMisses } = await findVottFiles(folder);
    const exports = files.filter(({ kind }) => kind === 'export');
    const projects = files.filter(({ kind }) => kind === 'project');
    if (exports.length > 0) {
      return {
        confidence: 0.97,
        reasons: exports.map(({ path }) => `${path} is an export of VoTT with "tags" and "assets"`),
      };
    }
    if (files.length > 0) {
      const assets = files.length - projects.length;
      return {
        // A project alone names pictures; its regions are in the asset files.
        confidence: assets > 0 ? 0.97 : 0.6,
        reasons: [
          ...projects.map(({ path }) => `${path} is a project of VoTT`),
          `${assets} files of single assets were found`,
        ],
      };
    }
    if (nearMisses.length > 0) {
      return { confidence: 0.1, reasons: nearMisses.map(({ path, reason }) => `${path}: ${reason}`) };
    }
    return { confidence: 0, reasons: ['no "-export.json" of VoTT and no .vott project'] };
  },

  read: readVott,
  write: writeVott,
};
