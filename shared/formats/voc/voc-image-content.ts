import { behaviourOf } from '../../shapes';
import type { DatasetAnnotation } from '../format';
import type { ProblemQueue } from '../parts/problem-queue';
import type { XmlElement } from '../parts/xml/xml-element';
import { statedOrigin } from './parse-voc-annotation';
import { parseVocObject, type VocObject } from './parse-voc-object';
import type { VocMask } from './read-voc-masks';
import type { Origin } from './voc-options';

export interface ImageContent {
  readonly annotations: readonly DatasetAnnotation[];
  /** Objects that could not be read. */
  readonly faults: number;
  /** Counts a value that has no place. */
  dropped(element: XmlElement): void;
  /** To be called when everything was looked at. */
  reportDropped(): void;
}

interface Given {
  readonly path: string;
  readonly key: string;
  readonly root: XmlElement | null;
  readonly masks: readonly VocMask[];
  readonly origin: Origin;
  readonly isChosen: boolean;
  readonly classIndexOf: ReadonlyMap<string, number>;
  readonly problems: ProblemQueue;
}

/** A box that was drawn around a mask may be this far off its window: by a pixel's width, for want of one convention. */
const MASK_BOX_SLACK_IN_IMAGE_PX = 1;

/**
 * The annotations of one image: its objects in order, then masks that are no object's.
 *
 * VOC numbers the objects of a file as its object mask does. Where the mask of an object's number has its class, it is
 * the object: alone, when the box is the mask's window, else box and mask form a group, so that neither is lost. The
 * parts of a person form a group with it as well.
 */
export function vocImageContent(given: Given): ImageContent {
  const { path, key, root, masks, classIndexOf, problems } = given;
  const stated = root === null ? null : statedOrigin(root);
  const origin = given.isChosen ? given.origin : (stated ?? given.origin);
  const annotations: DatasetAnnotation[] = [];
  const used = new Set<VocMask>();
  let faults = 0;
  let drops = 0;
  let firstDropped: XmlElement | null = null;
  const dropped = (element: XmlElement) => {
    drops += 1;
    firstDropped ??= element;
  };
  const byInstance = new Map<number, VocMask[]>();
  for (const mask of masks) {
    if (mask.instance === null) continue;
    const others = byInstance.get(mask.instance);
    if (others === undefined) byInstance.set(mask.instance, [mask]);
    else others.push(mask);
  }
  let number = 0;
  for (const element of root?.children ?? []) {
    if (element.name !== 'object') continue;
    number += 1;
    const object = parseVocObject(element, origin, {
      dropped,
      fault({ code, reason, line }) {
        if (code !== 'voc-bad-outline') faults += 1;
        problems.error(
          code,
          path,
          `${path}, line ${line}: object ${number} ${reason}${code === 'voc-bad-outline' ? '' : '; it was left out'}.`,
          line,
        );
      },
    });
    if (object === null) continue;
    const classIndex = classIndexOf.get(object.name);
    const mask = byInstance
      .get(number)
      ?.find(({ classIndex: maskClass }) => maskClass === null || maskClass === classIndex);
    if (mask !== undefined) used.add(mask);
    add(annotations, key, object, `object-${number}`, mask ?? null, classIndexOf);
  }
  for (const mask of masks) {
    if (used.has(mask)) continue;
    if (mask.classIndex === null) {
      problems.error(
        'voc-mask-without-class',
        path,
        `Object ${mask.instance} of the masks of ${key} has no class, neither in the class mask nor in the file; it was left out.`,
      );
      faults += 1;
    } else annotations.push(plain(key, mask.classIndex, mask.shape));
  }
  return {
    annotations,
    faults,
    dropped,
    reportDropped() {
      if (drops === 0 || firstDropped === null) return;
      problems.warning(
        'attribute-dropped',
        path,
        `${path}, line ${firstDropped.line}: ${drops} values such as <${firstDropped.name.slice(0, 100)}> were left out; only texts, numbers and yes/no are taken.`,
        firstDropped.line,
      );
    },
  };
}

function add(
  annotations: DatasetAnnotation[],
  key: string,
  object: VocObject,
  groupId: string,
  mask: VocMask | null,
  classIndexOf: ReadonlyMap<string, number>,
  isPart = false,
): void {
  // Names were collected in the first pass; one that came since belongs to a file that changed while it was read.
  const classIndex = classIndexOf.get(object.name);
  if (classIndex === undefined) return;
  const isMaskAlone =
    mask !== null && object.shape.type === 'box' && isWindow(mask.shape, object.shape) && object.box !== null;
  const belongsTogether = isPart || object.parts.length > 0 || (mask !== null && !isMaskAlone);
  const group = belongsTogether ? { groupId } : null;
  annotations.push(made(key, classIndex, isMaskAlone ? mask.shape : object.shape, object, group));
  if (mask !== null && !isMaskAlone) annotations.push({ ...plain(key, classIndex, mask.shape), ...group });
  for (const part of object.parts) add(annotations, key, part, groupId, null, classIndexOf, true);
}

function isWindow(
  mask: VocMask['shape'],
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): boolean {
  const window = behaviourOf(mask).bounds(mask);
  return (
    Math.abs(window.x - box.x) <= MASK_BOX_SLACK_IN_IMAGE_PX &&
    Math.abs(window.y - box.y) <= MASK_BOX_SLACK_IN_IMAGE_PX &&
    Math.abs(window.x + window.width - box.x - box.width) <= MASK_BOX_SLACK_IN_IMAGE_PX &&
    Math.abs(window.y + window.height - box.y - box.height) <= MASK_BOX_SLACK_IN_IMAGE_PX
  );
}

function made(
  imageKey: string,
  classIndex: number,
  shape: DatasetAnnotation['shape'],
  { attributes, score }: VocObject,
  group: { readonly groupId: string } | null,
): DatasetAnnotation {
  return group === null
    ? { imageKey, classIndex, shape, isCrowd: false, attributes, score }
    : { imageKey, classIndex, shape, isCrowd: false, attributes, score, ...group };
}

function plain(imageKey: string, classIndex: number, shape: DatasetAnnotation['shape']): DatasetAnnotation {
  return { imageKey, classIndex, shape, isCrowd: false, attributes: {}, score: null };
}
