import { bootstrapInterval, type Interval } from '../../../shared/quality/agreement/bootstrap-interval';
import { clusterObjects, type ObjectCluster } from '../../../shared/quality/agreement/cluster-objects';
import { cohenKappa, type Kappa } from '../../../shared/quality/agreement/cohen-kappa';
import { disagreement } from '../../../shared/quality/agreement/disagreement';
import { fleissKappa } from '../../../shared/quality/agreement/fleiss-kappa';
import { type Alpha, krippendorffAlpha } from '../../../shared/quality/agreement/krippendorff-alpha';
import {
  type AnnotatedImage,
  labelTable,
  labelUnits,
  NO_OBJECT,
} from '../../../shared/quality/agreement/label-units';
import { type ObjectAlpha, objectAlpha } from '../../../shared/quality/agreement/object-alpha';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId } from '../../../shared/schema/ids';
import type { LayeredImage } from './read-comparisons';

export interface AgreementFigures {
  /** Images that at least two people answered for, and handed in. */
  readonly images: number;
  /** Things that somebody drew in them. */
  readonly units: number;
  readonly people: readonly string[];
  /** Krippendorff's alpha of labels; null without images. */
  readonly labels: (Alpha & { readonly interval: Interval | null }) | null;
  /** Krippendorff's alpha with the distance of shapes; null without images. */
  readonly objects: ObjectAlpha | null;
  /** Null when images have different numbers of answers. */
  readonly fleiss: number | null;
  readonly pairs: readonly {
    readonly first: string;
    readonly second: string;
    readonly images: number;
    readonly kappa: Kappa;
  }[];
  /** The images with most disagreement first. */
  readonly disputed: readonly { readonly imageId: ImageId; readonly disagreement: number }[];
}

export interface AgreementTable {
  put(layered: LayeredImage, countsAs: (id: LabelId) => LabelId): void;
  remove(imageId: ImageId): void;
  figures(): AgreementFigures;
  disagreement(): ReadonlyMap<ImageId, number>;
  /**
   * Of each object of the images themselves for which others answered: how far all who drew in the image, the image's
   * own labels among them, disagree about it (`disagreement`).
   */
  objectDisagreement(): ReadonlyMap<AnnotationId, number>;
}

/** Each replicate is a pass over all units; beyond so many of these, the ends of intervals hold with fewer. */
const FEWER_REPLICATES = 200;
const MANY_UNITS = 2_000;

/** Lines that are listed. */
const MOST_DISPUTED = 200;

interface AnsweredImage extends AnnotatedImage<Annotation> {
  readonly disagreement: number;
}

/** The image's own labels among the answers; a name that nobody has. */
const OWN = '';

/**
 * Who agrees with whom where several people answered for the same image. Figures are made when they are asked for and an
 * answer changed since: they go over all answers.
 */
export function createAgreementTable(minOverlap: number): AgreementTable {
  const images = new Map<ImageId, AnsweredImage>();
  const objects = new Map<ImageId, ReadonlyMap<AnnotationId, number>>();
  let figures: AgreementFigures | null = null;
  const remove = (imageId: ImageId) => {
    objects.delete(imageId);
    if (images.delete(imageId)) figures = null;
  };
  return {
    put({ image: { image, annotations: own }, layers }, countsAs) {
      remove(image.id);
      const counted = (annotations: readonly Annotation[]) =>
        annotations.map((each) => ({ ...each, labelId: countsAs(each.labelId) }));
      const replicas = layers.flatMap(({ layer, annotations }) =>
        layer.purpose === 'consensus' && layer.submittedAt !== null && annotations !== null
          ? [{ annotator: layer.owner.name, objects: counted(annotations) }]
          : [],
      );
      const options = { minOverlap, imageSize: { width: image.width, height: image.height } };
      if (replicas.length > 0 && own !== null && own.length > 0) {
        const all = [{ annotator: OWN, objects: counted(own) }, ...replicas];
        objects.set(image.id, ownDisagreement(clusterObjects(all, options), all.length));
      }
      if (replicas.length < 2) return;
      const clusters = clusterObjects(replicas, options);
      const sum = clusters.reduce((total, cluster) => total + disagreement(cluster, replicas.length), 0);
      images.set(image.id, {
        annotators: replicas.map(({ annotator }) => annotator).sort(),
        clusters,
        disagreement: clusters.length === 0 ? 0 : sum / clusters.length,
      });
      figures = null;
    },
    remove,
    figures() {
      figures ??= figuresOf(images);
      return figures;
    },
    disagreement: () => new Map([...images].map(([id, answered]) => [id, answered.disagreement])),
    objectDisagreement: () => new Map([...objects.values()].flatMap((ofImage) => [...ofImage])),
  };
}

function ownDisagreement(
  clusters: readonly ObjectCluster<Annotation>[],
  annotators: number,
): ReadonlyMap<AnnotationId, number> {
  const found = new Map<AnnotationId, number>();
  for (const cluster of clusters) {
    const own = cluster.members.find(({ annotator }) => annotator === OWN);
    if (own !== undefined) found.set(own.object.id, disagreement(cluster, annotators));
  }
  return found;
}

function figuresOf(images: ReadonlyMap<ImageId, AnsweredImage>): AgreementFigures {
  // By id: whoever asks again for the same answers gets the same intervals, whatever was edited last.
  const answered = [...images].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, image]) => image);
  const people = [...new Set(answered.flatMap(({ annotators }) => annotators))].sort();
  const units = labelUnits(answered);
  const replicates = units.length > MANY_UNITS ? FEWER_REPLICATES : undefined;
  const labels = units.length === 0 ? null : krippendorffAlpha(units);
  return {
    images: images.size,
    units: units.length,
    people,
    labels: labels && {
      ...labels,
      interval: bootstrapInterval(units, (sample) => krippendorffAlpha(sample).alpha, { replicates }),
    },
    objects: units.length === 0 ? null : objectAlpha(answered, { replicates }),
    fleiss: fleissKappa(answersByLabel(units)),
    pairs: people.flatMap((first, index) =>
      people.slice(index + 1).flatMap((second) => {
        const { table } = labelTable(answered, first, second);
        const kappa = cohenKappa(table);
        const shared = answered.filter(
          ({ annotators }) => annotators.includes(first) && annotators.includes(second),
        );
        return kappa === null || shared.length === 0 ? [] : [{ first, second, images: shared.length, kappa }];
      }),
    ),
    disputed: [...images]
      .map(([imageId, image]) => ({ imageId, disagreement: image.disagreement }))
      .filter((image) => image.disagreement > 0)
      .sort((a, b) => b.disagreement - a.disagreement)
      .slice(0, MOST_DISPUTED),
  };
}

/** By unit and label, how many people gave it. */
function answersByLabel(units: readonly (readonly string[])[]): readonly (readonly number[])[] {
  const labels = [...new Set(units.flat()), NO_OBJECT];
  const places = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return units.map((answers) => {
    const counts = new Array<number>(places.size).fill(0);
    for (const answer of answers) {
      const place = places.get(answer) ?? 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    return counts;
  });
}
