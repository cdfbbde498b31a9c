import type { DatasetEvent, DatasetImage } from '../format';
import type { AnnotationPass } from './annotation-reader';

/** Gives an image with what another file says of it as a whole. */
export async function imageWithTags(
  position: number,
  { images, tagsBySlot }: AnnotationPass,
  events: DatasetEvent[],
  state?: DatasetImage['state'],
): Promise<void> {
  const tags = tagsBySlot.get(images.slotAt(position)) ?? [];
  events.push(await images.at(position, tags.length > 0 ? 'labelled' : state));
  // Keys were made unique after the tags were read.
  const imageKey = images.pictureAt(position).key;
  for (const tag of tags) events.push({ type: 'annotation', annotation: { ...tag, imageKey } });
}

/** Gives the images of which the file has no annotations, up to those at `position`, in the order of "images". */
export async function emptyImagesBefore(
  position: number,
  pass: AnnotationPass,
  events: DatasetEvent[],
): Promise<void> {
  for (;;) {
    const next = pass.images.nextEmptyBefore(position);
    if (next < 0) return;
    await imageWithTags(next, pass, events);
  }
}

/** At the end: images whose annotations did not come, because the file is damaged. They must not pass for empty ones. */
export async function imagesLeft(pass: AnnotationPass, events: DatasetEvent[]): Promise<void> {
  for (;;) {
    const next = pass.images.nextLeft();
    if (next < 0) return;
    const isDamaged = pass.images.annotationCountAt(next) > 0;
    await imageWithTags(next, pass, events, isDamaged ? 'unlabelled' : undefined);
  }
}
