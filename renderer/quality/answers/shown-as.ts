import type { ImageState } from '../../../shared/schema/annotation';
import type { ImageId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { Persistence } from '../../persistence/ports';
import type { DueSet } from './due-sets';

type SetRecords = Pick<Persistence, 'annotations' | 'layers'>;

/** An image with the state and the labels of a second set of it. */
export async function shownAs(records: SetRecords, image: ImageRecord, due: DueSet): Promise<ImageRecord> {
  if (due.layerId === null) {
    return { ...image, state: 'unlabelled', annotationCount: 0, labelIds: [], hasFinding: 0 };
  }
  const [set, finding] = await Promise.all([
    records.annotations.load(due.layerId),
    records.layers.hasFinding(due.layerId),
  ]);
  const annotations = set.ok ? set.value.annotations : [];
  return {
    ...image,
    state: stateShown(set.ok ? set.value.status.state : 'unlabelled', annotations.length, due.isSubmitted),
    annotationCount: annotations.length,
    labelIds: [...new Set(annotations.map(({ labelId }) => labelId))],
    hasFinding: finding.ok && finding.value ? 1 : 0,
  };
}

/** The state of an image that a second set of it stands for. */
export async function stateShownAs(records: SetRecords, layerId: ImageId | null, isSubmitted: boolean) {
  if (layerId === null) return 'unlabelled';
  const set = await records.annotations.load(layerId);
  return set.ok
    ? stateShown(set.value.status.state, set.value.annotations.length, isSubmitted)
    : stateShown('unlabelled', 0, isSubmitted);
}

function stateShown(decided: ImageState, objects: number, isSubmitted: boolean): ImageState {
  if (isSubmitted) return objects > 0 ? 'labelled' : 'confirmedEmpty';
  if (decided !== 'unlabelled') return decided;
  return objects > 0 ? 'inProgress' : 'unlabelled';
}
