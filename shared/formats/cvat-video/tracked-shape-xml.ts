import type { DatasetAnnotation } from '../format';
import { attributesXml, cvatElements, flagsXml } from '../parts/cvat/cvat-shape-xml';
import type { LabelToWrite } from '../parts/cvat/survey-annotations';
import type { LossTally } from '../parts/loss-tally';

/** A shape of a track, ready to be written into a frame. */
export interface TrackedXml {
  readonly isOutside: boolean;
  at(frame: number): string;
  /** The same shape as one that has left the picture, marked as no annotation. */
  closingAt(frame: number): string;
}

/** Null when CVAT for video has no such shape; that was counted. */
export function trackedShape(
  { shape, attributes, score, isKeyframe, isOutside = false }: DatasetAnnotation,
  label: LabelToWrite,
  key: string,
  tally: LossTally,
): TrackedXml | null {
  if (shape.type === 'tag') {
    tally.add('unsupported-shape', key, `A tag of ${key} was left out: CVAT for video has none.`);
    return null;
  }
  const [element] = cvatElements(shape, true);
  if (element === undefined) {
    tally.add(
      'shape-unwritable',
      key,
      `A ${shape.type} in ${key} is too small or too large for CVAT's numbers; it was left out.`,
    );
    return null;
  }
  const { name, geometry, joints } = element;
  const inside = attributesXml(attributes, label.kinds, '      ', (attribute) =>
    tally.add(
      'attribute-dropped',
      key,
      `The attribute ${JSON.stringify(attribute.slice(0, 100))} in ${key} cannot stand in XML; it was left out.`,
    ),
  );
  const ofScore = score === null ? '' : ` score="${score}"`;
  const written = (frame: number, isKey: boolean, isOut: boolean, closing: string): string => {
    const ofJoints = joints.map(
      ({ head }) => `      <points keyframe="${isKey ? 1 : 0}" ${head}>\n      </points>\n`,
    );
    return `    <${name} frame="${frame}" keyframe="${isKey ? 1 : 0}" outside="${isOut ? 1 : 0}"${flagsXml(attributes)}${geometry} z_order="0"${ofScore}${closing}>\n${ofJoints.join('')}${inside}    </${name}>\n`;
  };
  return {
    isOutside,
    at: (frame) => written(frame, isKeyframe !== false, isOutside, ''),
    closingAt: (frame) => written(frame, true, true, ' closing="1"'),
  };
}
