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
 * `onProblem` hears each problem once, however often the annotations are passed: they come in the same order each time.
 */
export function sourceFromFolder(
  format: DatasetFormat,
  folder: DatasetFolder,
  onProblem: (problem: DatasetProblem) => void = () => {},
  readOptions: OptionValues = NO_OPTIONS,
): DatasetSource {
  let heard = 0;
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
      let at = 0;
      return eventsToImages(format.read(folder, readOptions), {
        onProblem(problem) {
          at += 1;
          if (at <= heard) return;
          heard = at;
          onProblem(problem);
        },
      });
    },
  };
}
