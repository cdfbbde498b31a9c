import type { Shape, Vertex } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetFrame, DatasetImage } from '../format';
import { boxFromCorner, boxFromEdges } from '../parts/box-from-edges';
import {
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { ObjectJoiner, OWN_FIELD, polygonOfPart } from '../parts/object-parts';
import type { ProblemQueue } from '../parts/problem-queue';
import { sizeFrom } from '../parts/records/image-record';
import { openRing, vertexFrom } from '../parts/vertices';

/** VoTT's AssetState: not visited, visited, tagged. */
const NOT_VISITED = 0;
/** VoTT's AssetType of a frame of a video. */
const VIDEO_FRAME = 3;

/** The image of an asset; `frameRate` is the project's frames a second, by which frames of videos are numbered. */
export function imageOfAsset(
  asset: JsonRecord,
  key: string,
  isLabelled: boolean,
  split: DatasetImage['split'],
  frameRate: number | null,
): DatasetImage {
  const size = recordFrom(asset.size);
  const frame = frameOf(asset, frameRate);
  return {
    key,
    size: sizeFrom(size.width, size.height),
    split,
    // Nobody can say "nothing here" in VoTT; a picture that was looked at and left as it was is the nearest to it.
    state: isLabelled ? 'labelled' : asset.state === NOT_VISITED ? 'unlabelled' : 'confirmedEmpty',
    ...(frame === null ? {} : { frame }),
  };
}

function frameOf(asset: JsonRecord, frameRate: number | null): DatasetFrame | null {
  const seconds = numberFrom(asset.timestamp);
  const sequence = textFrom(recordFrom(asset.parent).name, 4_096);
  if (
    asset.type !== VIDEO_FRAME ||
    seconds === null ||
    seconds < 0 ||
    sequence === null ||
    frameRate === null
  )
    return null;
  const index = Math.round(seconds * frameRate);
  return Number.isSafeInteger(index) ? { sequence, index, timestampInMs: seconds * 1000 } : null;
}

/** The regions of an asset, one annotation a tag; several tags of one region share a group. */
export function annotationsOfAsset(
  regions: unknown,
  imageKey: string,
  indexOf: (name: unknown) => number | null,
  report: { readonly path: string; readonly problems: ProblemQueue },
): readonly DatasetAnnotation[] {
  const { path, problems } = report;
  const objects = new ObjectJoiner();
  for (const [at, region] of listFrom(regions).entries()) {
    const place = `Region ${at + 1} of ${imageKey} in ${path}`;
    if (!isRecord(region)) {
      problems.error('vott-bad-region', path, `${place} is not an object; it was left out.`);
      continue;
    }
    const parsed = shapeOfRegion(region, () =>
      problems.warning(
        'polygon-holes-dropped',
        path,
        `${place} had holes, but its outline was changed since; it was read without.`,
      ),
    );
    if (typeof parsed === 'string') {
      problems.error('vott-bad-region', path, `${place} ${parsed}; it was left out. Draw it again in VoTT.`);
      continue;
    }
    const tags = listFrom(region.tags)
      .map(indexOf)
      .filter((index) => index !== null);
    if (tags.length === 0) {
      problems.error('vott-no-tag', path, `${place} has no tag; it was left out. Give it one in VoTT.`);
      continue;
    }
    const groupId = tags.length > 1 ? `region ${at + 1}` : undefined;
    for (const classIndex of tags) {
      const annotation: DatasetAnnotation = {
        imageKey,
        classIndex,
        shape: parsed,
        isCrowd: false,
        attributes: {},
        score: null,
        ...(groupId === undefined ? {} : { groupId }),
      };
      objects.add(annotation, region[OWN_FIELD]);
    }
  }
  return objects.annotations();
}

/** The shape of a region in image px, or why it has none. */
function shapeOfRegion(region: JsonRecord, onLostHoles: () => void): Shape | string {
  const points = placesFrom(region.points);
  if (points === null) return 'has "points" that are no places';
  switch (region.type) {
    case 'RECTANGLE':
    case 'SQUARE':
      return boxOf(region.boundingBox, points) ?? 'is a rectangle without a place or area';
    case 'POLYGON': {
      const ring = openRing(points);
      if (ring.length < 3) return 'is a polygon without three points';
      const { shape, hasLostHoles } = polygonOfPart(ring, region[OWN_FIELD]);
      if (hasLostHoles) onLostHoles();
      return shape;
    }
    case 'POLYLINE':
      return points.length < 2 ? 'is a line without two points' : { type: 'polyline', points };
    case 'POINT':
      return points.length === 0 ? 'is a point without a place' : { type: 'points', points };
    default:
      return `is of the kind ${JSON.stringify(region.type)?.slice(0, 100)}, which is not known`;
  }
}

function boxOf(value: unknown, points: readonly Vertex[]): Shape | null {
  const { left, top, width, height } = recordFrom(value);
  const [x, y, w, h] = [left, top, width, height].map(numberFrom);
  if (x != null && y != null && w != null && h != null) return boxFromCorner(x, y, w, h);
  if (points.length < 2) return null;
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  return boxFromEdges(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/** A rectangle may come with its bounding box alone. */
const MOST_POINTS = 60_000;

function placesFrom(value: unknown): readonly Vertex[] | null {
  const list = listFrom(value);
  if (list.length > MOST_POINTS) return null;
  const places: Vertex[] = [];
  for (const point of list) {
    const { x, y } = recordFrom(point);
    const place = vertexFrom(x, y);
    if (place === null) return null;
    places.push(place);
  }
  return places;
}
