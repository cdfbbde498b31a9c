import type { ImageId, ProjectId } from '../../shared/schema/ids';

/** Hex digits that the id shares with its project's. */
const PROJECT_DIGITS = 8;
const ORDINAL_DIGITS = 8;
/** Where the last group of a UUID begins. */
const LAST_GROUP = 24;

/**
 * The id of the image that comes into being at a place of a project's list. It is a UUID like any other (version 4, 78
 * bits of it random or the project's), but its first eight digits are the project's and the first eight of its last
 * group are the ordinal. An image never changes its place, so its record is found by its id without an index over all
 * images, which would cost every import a row an image. `random` is a fresh UUID; images of different places may share
 * one, since making one takes longer than all else that is done for a new image.
 */
export function imageIdAt(random: string, projectId: ProjectId, ordinal: number): ImageId {
  const place = ordinal.toString(16).padStart(ORDINAL_DIGITS, '0');
  return `${projectPartOf(projectId)}${random.slice(PROJECT_DIGITS, LAST_GROUP)}${place}${random.slice(LAST_GROUP + ORDINAL_DIGITS)}` as ImageId;
}

/** Where an image would be if its id was made by `imageIdAt`; for any other id a place that holds another image or none. */
export function ordinalSaidBy(id: ImageId): number {
  return Number.parseInt(id.slice(LAST_GROUP, LAST_GROUP + ORDINAL_DIGITS), 16);
}

/** What the ids of a project and of its images begin with. */
export function projectPartOf(id: ProjectId | ImageId): string {
  return id.slice(0, PROJECT_DIGITS);
}

/** False for ids from elsewhere. */
export function saysItsPlace(id: ImageId, projectId: ProjectId, ordinal: number): boolean {
  return projectPartOf(id) === projectPartOf(projectId) && ordinalSaidBy(id) === ordinal;
}
