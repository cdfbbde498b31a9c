import type { DatabaseVersion } from './index';

/** Review: what happened to each image, second sets of annotations, and the project's other records. */
export const version3: DatabaseVersion = {
  number: 3,
  stores: {
    reviews: '[projectId+ordinal], &imageId, *marks',
    layers: 'id, imageId, [projectId+purpose]',
    records: '[projectId+record+id], [projectId+record+imageId]',
    imageHashes: 'imageId, projectId',
    activity: '[projectId+day+personKey+imageId]',
  },
};
