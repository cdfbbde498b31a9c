import { ok, type Result } from '../../../shared/result/result';
import type { ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import type { Persistence } from '../../persistence/ports';
import { filterOfChoice, type ImageChoice } from './image-choice';

/** What sampling asks of an image. */
export interface ChosenImage {
  readonly id: ImageId;
  readonly labelIds: readonly LabelId[];
  readonly hasFinding: boolean;
}

/** Read and let go of at a time: of 100,000 images only what is asked for stays in memory. */
const IMAGES_AT_A_TIME = 2000;

/**
 * The images of a choice in the order of the list, those that are left out not counted among the first so many. Stops
 * early with what is there when the signal says so.
 */
export async function readChosen(
  persistence: Pick<Persistence, 'images'>,
  projectId: ProjectId,
  choice: ImageChoice,
  leftOut: ReadonlySet<ImageId>,
  signal: AbortSignal,
): Promise<Result<readonly ChosenImage[]>> {
  const list = await persistence.images.list(projectId, filterOfChoice(choice));
  if (!list.ok) return list;
  const most = choice.most ?? Number.POSITIVE_INFINITY;
  const chosen: ChosenImage[] = [];
  const { total } = list.value;
  for (let from = 0; from < total && chosen.length < most && !signal.aborted; from += IMAGES_AT_A_TIME) {
    for (const { id, labelIds, hasFinding } of await list.value.window(from, from + IMAGES_AT_A_TIME)) {
      if (!leftOut.has(id)) chosen.push({ id, labelIds, hasFinding: hasFinding === 1 });
    }
  }
  return ok(chosen.length > most ? chosen.slice(0, most) : chosen);
}
