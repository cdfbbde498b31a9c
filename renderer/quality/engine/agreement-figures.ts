import type { ImageId, LabelId } from '../../../shared/schema/ids';
import type { LayeredImage } from './read-comparisons';

export interface AgreementFigures {
  /** Images that at least two people answered for. */
  readonly images: number;
}

export interface AgreementTable {
  put(layered: LayeredImage, countsAs: (id: LabelId) => LabelId): void;
  remove(imageId: ImageId): void;
  figures(): AgreementFigures;
  disagreement(): ReadonlyMap<ImageId, number>;
}

export function createAgreementTable(_minOverlap: number): AgreementTable {
  const images = new Map<ImageId, number>();
  return {
    put({ image, layers }) {
      const answers = layers.filter(
        ({ layer }) => layer.purpose === 'consensus' && layer.submittedAt !== null,
      );
      if (answers.length > 1) images.set(image.image.id, 0);
    },
    remove: (imageId) => void images.delete(imageId),
    figures: () => ({ images: images.size }),
    disagreement: () => images,
  };
}
