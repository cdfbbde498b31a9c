import type { DatabaseVersion } from './index';

/** The first database. A shipped version is never edited: what comes later is a new file. */
export const version1: DatabaseVersion = {
  number: 1,
  stores: {
    projects: 'id',
    heads: 'projectId',
    images: '[projectId+ordinal], &id, [projectId+state+ordinal], *marks',
    imagePages: '[projectId+page]',
    annotationSets: 'imageId',
    annotationPages: '[imageId+page]',
    changes: '++row, &id, &[projectId+seq], imageId, groupId, outerScope',
    scans: '[projectId+sourceId]',
    problems: '[projectId+sourceId+key]',
    backupMarks: 'projectId',
  },
};
