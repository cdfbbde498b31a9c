import type { DatasetAnnotation, DatasetEvent, DatasetFolder } from '../format';
import { streamElements } from '../parts/json/stream-elements';
import type { AnnotationPass } from './annotation-reader';
import { emptyImagesBefore, imageWithTags } from './given-images';
import { HeldRange } from './held-range';
import { ANNOTATIONS, reportFault } from './streamed-annotations';

/** Events that are handed over together. */
const EVENTS_IN_A_BATCH = 2_000;

/**
 * Second pass over a file that mixes the annotations of its images, as those of the COCO project do: a range of images is
 * gathered, in the smallest form, and given out; the pass is repeated for the next range, so that memory stays bounded at
 * the price of time.
 */
export async function* heldAnnotations(
  folder: DatasetFolder,
  pass: AnnotationPass,
): AsyncGenerator<readonly DatasetEvent[]> {
  const { reader, images } = pass;
  for (let from = 0; from < images.count; ) {
    const isFirstPass = from === 0;
    const range = new HeldRange(pass, from);
    if (!range.isEmpty || isFirstPass) {
      let index = 0;
      const stream = streamElements(folder, reader.scan.file.path, ANNOTATIONS);
      let next = await stream.next();
      for (; !next.done; next = await stream.next()) {
        const { elements, chars } = next.value;
        range.startRun(chars / Math.max(1, elements.length));
        for (const element of elements) {
          range.add(images.positionOf(reader.slotOf(element, index, isFirstPass)), element, index);
          index += 1;
        }
      }
      if (isFirstPass) reportFault(pass, next.value.fault);
    }
    const found: DatasetAnnotation[] = [];
    let events: DatasetEvent[] = [];
    for (let position = from; position < range.end; position += 1) {
      if (images.annotationCountAt(position) === 0) continue;
      await emptyImagesBefore(position, pass, events);
      await imageWithTags(position, pass, events);
      range.take(position, found);
      for (const annotation of found) events.push({ type: 'annotation', annotation });
      found.length = 0;
      if (events.length < EVENTS_IN_A_BATCH) continue;
      yield events;
      events = [];
    }
    yield events;
    yield reader.problems.drain();
    from = range.end;
  }
}
