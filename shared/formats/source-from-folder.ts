import { eventsToImages, type ImageWithAnnotations } from './events-to-images';
import type {
  DatasetFolder,
  DatasetFormat,
  DatasetImage,
  DatasetLabel,
  DatasetProblem,
  DatasetSource,
} from './format';
import { NO_OPTIONS, type OptionValues } from './format-options';

/**
 * A stored dataset as something a writer can replay. Each pass reads the files again, so nothing is held in memory;
 * `onProblem` hears the problems of each pass over the annotations, which writers make once.
 */
export function sourceFromFolder(
  format: DatasetFormat,
  folder: DatasetFolder,
  onProblem: (problem: DatasetProblem) => void = () => {},
  readOptions: OptionValues = NO_OPTIONS,
): DatasetSource {
  return {
    async *labels(): AsyncGenerator<DatasetLabel> {
      for await (const event of format.read(folder, readOptions)) {
        // Readers give all labels before the first image, so the rest need not be read for them.
        if (event.type === 'image') return;
        if (event.type === 'label') yield event.label;
      }
    },
    async *images(): AsyncGenerator<DatasetImage> {
      for await (const event of format.read(folder, readOptions))
        if (event.type === 'image') yield event.image;
    },
    annotationsByImage(): AsyncIterable<ImageWithAnnotations> {
      return eventsToImages(format.read(folder, readOptions), { onProblem });
    },
  };
}
