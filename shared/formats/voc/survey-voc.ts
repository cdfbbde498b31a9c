import type { DatasetFolder } from '../format';
import { parseXml } from '../parts/xml/parse-xml';
import { childOf, ownCopy, textOf, type XmlElement } from '../parts/xml/xml-element';
import { type AnnotationKind, kindOfDocument, statedOrigin } from './parse-voc-annotation';
import type { VocEntry } from './voc-files';
import type { Origin } from './voc-options';

/** A million boxes of one picture; beyond this a file is no annotation of one picture. */
export const MAX_VOC_FILE_BYTES = 256 * 1024 * 1024;

/** What speaks for one convention or the other, over all files that state none. */
export interface OriginEvidence {
  boxes: number;
  /** Boxes with a left or top edge below 1, which pixels counted from 1 do not have. */
  belowOne: number;
  /** Boxes with decimals: VOC's own are whole but for a few of VOC 2012. */
  withDecimals: number;
  /** Files that name the VOC challenge as their database. */
  fromVoc: number;
  stated: number;
}

export interface VocSurvey {
  readonly names: ReadonlySet<string>;
  /** By place in the entries. */
  readonly kinds: readonly (AnnotationKind | null)[];
  readonly evidence: OriginEvidence;
}

/** The first of two passes: names of classes, and what the numbers look like. Faults are left to the second. */
export async function surveyVoc(folder: DatasetFolder, entries: readonly VocEntry[]): Promise<VocSurvey> {
  const names = new Set<string>();
  const kinds: (AnnotationKind | null)[] = [];
  const evidence = newEvidence();
  for (const { xmlPath } of entries) {
    if (xmlPath === null) {
      kinds.push(null);
      continue;
    }
    const text = await folder.readText(xmlPath, MAX_VOC_FILE_BYTES);
    const root = text.ok ? parseXml(text.value).root : null;
    const kind = root === null ? 'other' : kindOfDocument(root);
    kinds.push(kind);
    if (root === null || kind !== 'voc') continue;
    addEvidence(evidence, root);
    for (const child of root.children) if (child.name === 'object') addNames(names, child);
  }
  return { names, kinds, evidence };
}

function addNames(names: Set<string>, object: XmlElement): void {
  for (const child of object.children) {
    if (child.name === 'part') addNames(names, child);
    else if (child.name === 'name') {
      const name = child.text.trim();
      if (name !== '' && !names.has(name)) names.add(ownCopy(name));
    }
  }
}

export function newEvidence(): OriginEvidence {
  return { boxes: 0, belowOne: 0, withDecimals: 0, fromVoc: 0, stated: 0 };
}

export function addEvidence(evidence: OriginEvidence, root: XmlElement): void {
  if (statedOrigin(root) !== null) {
    evidence.stated += 1;
    return;
  }
  const source = childOf(root, 'source');
  if (source !== null && /\bVOC\s?20\d\d\b/i.test(textOf(source, 'database'))) evidence.fromVoc += 1;
  for (const object of root.children) {
    const bndbox = object.name === 'object' ? childOf(object, 'bndbox') : null;
    if (bndbox === null) continue;
    evidence.boxes += 1;
    let isBelow = false;
    let hasDecimals = false;
    for (const { name, text } of bndbox.children) {
      if (text.includes('.')) hasDecimals = true;
      if ((name === 'xmin' || name === 'ymin') && Number(text) < 1 && Number(text) > -1) isBelow = true;
    }
    if (isBelow) evidence.belowOne += 1;
    if (hasDecimals) evidence.withDecimals += 1;
  }
}

/**
 * The convention of files that state none. Null when nothing speaks for either: whole numbers from 1 on may be VOC's
 * pixels or the edges that LabelImg and others round to them, one px apart at the left and the top.
 */
export function likelyOrigin(evidence: OriginEvidence): Origin | null {
  if (evidence.fromVoc > 0) return 'one-based';
  if (evidence.belowOne > 0 || evidence.withDecimals * 2 > evidence.boxes) return 'zero-based';
  return null;
}
