import { canonicalJson } from '../document/canonical-json';
import { sha256OfText } from '../document/hash';
import type { VersionSource } from '../formats/parts/image-roots';
import type { PublishRequest } from '../ipc/channels/datasets';
import type {
  ReviewCoverage,
  VersionCounts,
  VersionManifest,
  VersionSummary,
} from '../schema/dataset-version';
import type { Sha256, Timestamp } from '../schema/ids';

/** Orders everything whose order has no meaning, so that equal content gives equal text and so an equal id. */
export function buildManifest(input: {
  readonly request: PublishRequest;
  readonly sources: readonly VersionSource[];
  readonly counts: VersionCounts;
  readonly files: VersionManifest['files'];
  readonly parent: Sha256 | null;
  /** Counted from the rows; goes into the manifest when the request says how they were reviewed. */
  readonly coverage: ReviewCoverage;
}): VersionManifest {
  const { request } = input;
  return {
    formatVersion: 3,
    project: request.project,
    labelSchema: request.labelSchema,
    filter: {
      states: [...new Set(request.filter.states)].sort(),
      labelIds: [...new Set(request.filter.labelIds)].sort(),
      ...(request.filter.stages === undefined ? {} : { stages: [...new Set(request.filter.stages)].sort() }),
    },
    splitRule: request.splitRule,
    sources: [...input.sources]
      .map(({ id, displayName }) => ({ id, displayName }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    pixelFrame: 'displayed',
    counts: input.counts,
    files: [...input.files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    parent: input.parent,
    author: request.author,
    message: request.message,
    ...(request.review === undefined ? {} : { review: { ...request.review, coverage: input.coverage } }),
  };
}

/** The exact bytes of manifest.json; their SHA-256 is the version's id. */
export function manifestText(manifest: VersionManifest): string {
  return canonicalJson(manifest);
}

export function versionIdOf(manifest: VersionManifest): Sha256 {
  return sha256OfText(manifestText(manifest));
}

/**
 * Identifies what a version holds, whoever published it, whatever came before and wherever the journal stood: two
 * versions with the same content id have the same data files, labels, filter, split rule and figures of review.
 */
export function contentIdOf(manifest: VersionManifest): Sha256 {
  const { parent: _parent, author: _author, message: _message, review, ...content } = manifest;
  const reviewed = review === undefined ? {} : { review: { ...review, auditHead: undefined } };
  return sha256OfText(canonicalJson({ ...content, ...reviewed }));
}

/** The same publish, begun again after a crash, finds what it staged under this name. */
export function publishIdOf(request: PublishRequest, contentKey: Sha256): Sha256 {
  return sha256OfText(canonicalJson({ contentKey, request }));
}

export function summaryOf(id: Sha256, manifest: VersionManifest, publishedAt: Timestamp): VersionSummary {
  return {
    id,
    projectId: manifest.project.id,
    projectName: manifest.project.name,
    publishedAt,
    author: manifest.author,
    message: manifest.message,
    parent: manifest.parent,
    counts: manifest.counts,
    byteSize: manifest.files.reduce((sum, file) => sum + file.byteSize, 0),
    ...(manifest.review === undefined ? {} : { review: manifest.review }),
  };
}
