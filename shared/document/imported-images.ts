import { type Annotation, type ImageStatus, UNLABELLED_STATUS } from '../schema/annotation';
import type { ChangeRecord } from '../schema/change';
import type { AnnotationId, ImageId, LabelId, Sha256 } from '../schema/ids';
import {
  type ImportedAnnotation,
  type ImportedChangeBody,
  importedAnnotationId,
} from '../schema/imported-annotation';
import type { ChangeSet } from './change-set';
import type { ImportedBodyToHash } from './hash';
import { decidedStatus } from './image-status';

/** A journal line that holds some images of an import. */
export type ImportedLine = Pick<ChangeRecord, 'actor' | 'at' | 'code' | 'label'> & {
  readonly body: ImportedChangeBody;
};

/** The image at a position of an import's line as it was stored: annotations in drawing order, and its status. */
export function importedImage(
  line: ImportedLine,
  position: number,
): {
  readonly imageId: ImageId;
  readonly annotations: readonly Annotation[];
  readonly status: ImageStatus;
} | null {
  const image = line.body.images[position];
  if (image === undefined) return null;
  let first = 0;
  for (let before = 0; before < position; before += 1)
    first += line.body.images[before]?.annotations.length ?? 0;
  const annotations = image.annotations.flatMap((imported, index) => {
    const labelId = line.body.labelIds[imported.label];
    const id = importedAnnotationId(line.body.firstAnnotationId, first + index);
    return labelId === undefined
      ? []
      : [annotationOfImport(imported, { id, labelId, by: line.actor, at: line.at })];
  });
  return { imageId: image.id, annotations, status: decidedStatus(image.state, line.actor, line.at) };
}

/** An imported annotation as the whole record that everything else works with. */
export function annotationOfImport(
  imported: ImportedAnnotation,
  by: { readonly id: AnnotationId; readonly labelId: LabelId; readonly by: string; readonly at: string },
): Annotation {
  const { label: _, shape, attributes, isOccluded, isTruncated, isCrowd, ...others } = imported;
  return {
    id: by.id,
    labelId: by.labelId,
    shape,
    attributes: attributes ?? {},
    isLocked: false,
    isHidden: false,
    isOccluded: isOccluded ?? false,
    isTruncated: isTruncated ?? false,
    isCrowd: isCrowd ?? false,
    origin: 'import',
    createdBy: by.by,
    createdAt: by.at,
    updatedAt: by.at,
    revision: 0,
    ...others,
  };
}

/** What the line did to one of its images, as the edits of a person are told of; null when the image is not in it. */
export function changeSetOfImport(line: ImportedLine, imageId: ImageId): ChangeSet | null {
  const position = line.body.images.findIndex((image) => image.id === imageId);
  const image = importedImage(line, position);
  if (image === null) return null;
  return {
    origin: 'import',
    code: line.code,
    label: line.label,
    added: image.annotations,
    updated: [],
    removed: [],
    order: null,
    // Such a line is written only for images that nobody had worked on.
    status: [UNLABELLED_STATUS, image.status],
  };
}

/** Images of an import's line on their way into the journal. */
export interface ImportedLineImage {
  readonly imageId: ImageId;
  readonly state: 'labelled' | 'confirmedEmpty';
  /** Canonical JSON of its `ImportedAnnotation`s, without the brackets around them. */
  readonly text: string;
  /** SHA-256 of the text. */
  readonly hash: Sha256;
}

/** The body of an import's line: as the canonical JSON that is stored, and as it is hashed. */
export function importedBody(
  labelIds: readonly LabelId[],
  firstAnnotationId: AnnotationId,
  images: readonly ImportedLineImage[],
): { readonly text: string; readonly toHash: ImportedBodyToHash } {
  const parts = images.map(
    ({ imageId, state, text }) => `{"annotations":[${text}],"id":"${imageId}","state":"${state}"}`,
  );
  return {
    text: `{"firstAnnotationId":"${firstAnnotationId}","images":[${parts.join(',')}],"kind":"imported","labelIds":${JSON.stringify(labelIds)}}`,
    toHash: {
      kind: 'imported',
      labelIds: [...labelIds],
      firstAnnotationId,
      images: images.map(({ imageId, state, hash }) => ({ id: imageId, state, annotations: hash })),
    },
  };
}
