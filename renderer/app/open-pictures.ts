import type { Bridge } from '../bridge/bridge';
import type { Persistence } from '../persistence/ports';
import { createPictureSource, type PictureSource } from '../pictures/picture-source';
import { createPictureWorker } from '../pictures/picture-worker';
import { createPixelSource, type PixelSource } from '../pictures/pixel-source';
import { createThumbnailSource, type ThumbnailSource } from '../pictures/thumbnail-source';
import type { Toasts } from './toasts';

/** Pictures and thumbnails have a worker each, so that a rail full of thumbnails never holds back the picture. */
export function openPictures(
  bridge: Bridge,
  persistence: Persistence,
  toasts: Toasts,
): {
  readonly pictures: PictureSource;
  readonly thumbnails: ThumbnailSource;
  readonly pixels: PixelSource;
} {
  return {
    pixels: createPixelSource(),
    pictures: createPictureSource(createPictureWorker()),
    thumbnails: createThumbnailSource({
      bridge,
      worker: createPictureWorker(),
      onUndecodable: (image, error) =>
        void persistence.images.addProblem(image.projectId, image.sourceId, {
          key: image.key,
          code: error.code,
          reason: error.message,
        }),
      onNotKept: (error) => toasts.show({ tone: 'error', message: error.message }),
    }),
  };
}
