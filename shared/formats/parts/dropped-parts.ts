import type { DatasetAnnotation, DatasetImage, DatasetLabel } from '../format';
import type { LossTally } from './loss-tally';

/** What of an annotation, beside shape, class and attributes, a format may have no place for. */
export type AnnotationPart = 'isCrowd' | 'score' | 'groups' | 'tracks' | 'notes';

/** Counts, for one annotation, each of the parts that the format does not hold. */
export function tallyDroppedParts(
  tally: LossTally,
  annotation: DatasetAnnotation,
  title: string,
  dropped: readonly AnnotationPart[],
): void {
  const { imageKey: key, isCrowd, score, groupId, trackId, isOutside, note } = annotation;
  for (const part of dropped) {
    switch (part) {
      case 'isCrowd':
        if (isCrowd)
          tally.add('crowd-flag-dropped', key, `${title} cannot mark a crowd, as one in ${key} is.`);
        break;
      case 'score':
        if (score !== null)
          tally.add(
            'score-dropped',
            key,
            `${title} has no place for the score ${score} of an object in ${key}.`,
          );
        break;
      case 'groups':
        if (groupId !== undefined)
          tally.add(
            'group-dropped',
            key,
            `${title} has no place for the group ${groupId} of an object in ${key}.`,
          );
        break;
      case 'tracks':
        if (trackId !== undefined)
          tally.add(
            'track-dropped',
            key,
            `${title} has no place for the track ${trackId} of an object in ${key}.`,
          );
        if (isOutside === true)
          tally.add(
            'outside-flag-dropped',
            key,
            `An object has left the picture in ${key}, which ${title} cannot say; it stands there as if it were seen.`,
          );
        break;
      case 'notes':
        if (note !== undefined)
          tally.add('note-dropped', key, `${title} has no place for the note on an object in ${key}.`);
        break;
    }
  }
}

/** Counts each attribute of a picture that the format does not hold. */
export function tallyDroppedImageAttributes(tally: LossTally, image: DatasetImage, title: string): void {
  for (const name of Object.keys(image.attributes ?? {})) {
    tally.add(
      'image-attribute-dropped',
      image.key,
      `${title} has no place for "${name}" of the picture ${image.key}.`,
    );
  }
}

/** Whether nothing was said of an image yet, so that it must not be taken for an empty one. */
export function isUnlabelled({ state }: DatasetImage, annotations: readonly DatasetAnnotation[]): boolean {
  return state === 'unlabelled' || (state === 'inProgress' && annotations.length === 0);
}

/** Counts an image that is left out because it is not labelled, with whatever lies in it. */
export function tallyUnlabelled(
  tally: LossTally,
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  title: string,
): void {
  tally.add(
    'unlabelled-image-left-out',
    image.key,
    `${image.key} is not labelled yet; ${title} would call it empty, so it was left out.`,
  );
  for (const { classIndex } of annotations) {
    tally.add(
      'annotation-left-out',
      image.key,
      `An annotation of class ${classIndex} lies in ${image.key}, which is not labelled yet.`,
    );
  }
}

/** Counts an annotation whose shape or class the format cannot write; true when it can. */
export function isWritable(
  tally: LossTally,
  annotation: DatasetAnnotation,
  title: string,
  isHeld: (annotation: DatasetAnnotation) => boolean,
  classes: ReadonlyMap<number, unknown>,
): boolean {
  const { shape, classIndex, imageKey: key } = annotation;
  if (!isHeld(annotation)) {
    tally.add('unsupported-shape', key, `A ${shape.type} in ${key} was left out: ${title} does not hold it.`);
    return false;
  }
  if (!classes.has(classIndex)) {
    tally.add(
      'unknown-class',
      key,
      `An annotation in ${key} has class ${classIndex}, which the label list does not name; it was left out.`,
    );
    return false;
  }
  return true;
}

/** Counts names that the format cannot write and that were written in another way. */
export function tallyRenamedLabels(
  tally: LossTally,
  labels: readonly DatasetLabel[],
  writtenNames: ReadonlyMap<number, string>,
  title: string,
): void {
  for (const { classIndex, name } of labels) {
    const written = writtenNames.get(classIndex) ?? name;
    if (written === name) continue;
    tally.add(
      'label-renamed',
      '',
      `${title} cannot write the class name ${JSON.stringify(name)}; it is called ${JSON.stringify(written)} there.`,
    );
  }
}
