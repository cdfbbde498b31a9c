import type { DatasetAnnotation, DatasetEvent, DatasetImage, DatasetLabel, DatasetProblem } from './format';

export interface ImageWithAnnotations {
  readonly image: DatasetImage;
  readonly annotations: readonly DatasetAnnotation[];
}

/** Receives what stands beside the images in a stream of events. */
export interface EventAside {
  onLabel?(label: DatasetLabel): void;
  onProblem?(problem: DatasetProblem): void;
}

/**
 * Groups a reader's events by image. Readers give each image directly before its annotations, so at most one image is
 * held at a time.
 */
export async function* eventsToImages(
  events: AsyncIterable<DatasetEvent>,
  aside: EventAside = {},
): AsyncGenerator<ImageWithAnnotations> {
  let image: DatasetImage | null = null;
  let annotations: DatasetAnnotation[] = [];
  for await (const event of events) {
    switch (event.type) {
      case 'annotation':
        annotations.push(event.annotation);
        break;
      case 'image':
        if (image !== null) yield { image, annotations };
        image = event.image;
        annotations = [];
        break;
      case 'label':
        aside.onLabel?.(event.label);
        break;
      case 'problem':
        aside.onProblem?.(event.problem);
        break;
    }
  }
  if (image !== null) yield { image, annotations };
}
