import type { DatasetAnnotation, DatasetEvent, DatasetFolder } from '../format';
import type { CocoPicture } from '../parts/coco/image-events';
import { reportMalformed } from '../parts/coco/scan-coco-file';
import { streamElements } from '../parts/json/stream-elements';
import type { AnnotationPass } from './annotation-reader';
import { emptyImagesBefore, imageWithTags } from './given-images';

export const ANNOTATIONS = new Set(['annotations']);

/** Second pass over a file that keeps an image's annotations together: they are given as they come. */
export async function* streamedAnnotations(
  folder: DatasetFolder,
  pass: AnnotationPass,
): AsyncGenerator<readonly DatasetEvent[]> {
  const { reader, images } = pass;
  const { path } = reader.scan.file;
  const found: DatasetAnnotation[] = [];
  let current = -1;
  let picture: CocoPicture | null = null;
  let index = 0;
  const stream = streamElements(folder, path, ANNOTATIONS);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const events: DatasetEvent[] = [];
    for (const element of next.value.elements) {
      const at = index++;
      const position = images.positionOf(reader.slotOf(element, at, true));
      if (position < 0) continue;
      if (position !== current || picture === null) {
        picture = images.pictureAt(position);
        if (images.isGiven(position)) {
          current = -1;
          reader.reportLate(at, picture);
          continue;
        }
        if (!reader.problems.isEmpty) events.push(...reader.problems.drain());
        await emptyImagesBefore(position, pass, events);
        await imageWithTags(position, pass, events);
        current = position;
      }
      reader.read(element, at, picture, found);
      for (const annotation of found) events.push({ type: 'annotation', annotation });
      found.length = 0;
    }
    yield events;
  }
  reportFault(pass, next.value.fault);
  yield reader.problems.drain();
}

/** A fault inside elements may show in a second pass alone, which parses them. */
export function reportFault({ reader }: AnnotationPass, fault: string | null): void {
  if (fault !== null && reader.scan.isWhole) reportMalformed(reader.scan.file.path, fault, reader.problems);
}
