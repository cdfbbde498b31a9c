import type { DatasetAnnotation } from '../format';
import type { CvatLabelInUse, CvatLabels } from '../parts/cvat/cvat-labels';
import { parseCvatAnnotation } from '../parts/cvat/parse-cvat-annotation';
import { ownCopy, type XmlElement } from '../parts/xml/xml-element';
import type { XmlItem } from '../parts/xml/xml-parser';

/** What a `<track>` says of all its shapes. */
export interface TrackHead {
  readonly label: CvatLabelInUse | null;
  readonly taskId: string;
  /** Null for a shape of one frame, which files of ours tell. */
  readonly trackId: string | null;
  readonly groupId: string | null;
  readonly shownId: string;
}

export function trackHead({ attributes }: Extract<XmlItem, { type: 'open' }>, labels: CvatLabels): TrackHead {
  const id = ownCopy((attributes.get('id') ?? '').slice(0, 200));
  const name = attributes.get('track');
  const group = attributes.get('group') ?? attributes.get('group_id') ?? '';
  return {
    label: labels.byName.get(attributes.get('label') ?? '') ?? null,
    taskId: ownCopy(attributes.get('task_id') ?? ''),
    trackId:
      attributes.get('kind') === 'shape' ? null : name === undefined ? id : ownCopy(name.slice(0, 200)),
    groupId: group === '' || group === '0' ? null : ownCopy(group.slice(0, 200)),
    shownId: id,
  };
}

/** One shape of a track in one frame. Frames between keyframes are as the file has them: CVAT writes every one. */
export function parseTrackedShape(
  element: XmlElement,
  track: TrackHead,
  imageKey: string,
  dropped: (element: XmlElement) => void,
):
  | { readonly annotation: DatasetAnnotation; readonly zOrder: number }
  | { readonly code: string; readonly reason: string } {
  if (track.label === null) return { code: 'cvat-no-label', reason: 'has no label' };
  const parsed = parseCvatAnnotation(element, track.label, dropped);
  if ('reason' in parsed) return { code: 'cvat-bad-shape', reason: parsed.reason };
  const { shape, attributes, score, zOrder } = parsed;
  const isTracked = track.trackId !== null;
  return {
    zOrder,
    annotation: {
      imageKey,
      classIndex: track.label.classIndex,
      shape,
      isCrowd: false,
      attributes,
      score,
      ...(track.groupId === null ? {} : { groupId: track.groupId }),
      ...(track.trackId === null ? {} : { trackId: track.trackId }),
      ...(isTracked && element.attributes.get('keyframe') === '0' ? { isKeyframe: false } : {}),
      ...(isTracked && isOutside(element) ? { isOutside: true } : {}),
    },
  };
}

/** A skeleton of CVAT has left the picture when all its joints have; our files say it of the skeleton itself. */
function isOutside(element: XmlElement): boolean {
  const given = element.attributes.get('outside');
  if (given !== undefined || element.name !== 'skeleton') return given === '1';
  const joints = element.children.filter(({ name }) => name === 'points');
  return joints.length > 0 && joints.every(({ attributes }) => attributes.get('outside') === '1');
}
