import type { DatasetFolder, DatasetLabel } from '../format';
import type { BufferedFile } from '../parts/buffered-file';
import type { ProblemQueue } from '../parts/problem-queue';
import { decimalOf } from '../parts/xml/xml-element';

/** Names that stand for no class in the lists of labelme. */
const NO_CLASS = new Set(['_background_', '__ignore__']);

export const BACKGROUND = 'background';
export const BLACK = '#000000';

const MAX_CLASS_FILE_BYTES = 4 * 1024 * 1024;
const MAX_CLASSES = 100_000;

/** The classes of VOC 2012 in the order of their mask values, from 1. */
export const VOC_CLASSES: readonly string[] =
  'aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person pottedplant sheep sofa train tvmonitor'.split(
    ' ',
  );

/** A class list as a file gives it: the place in the list is the value in masks. */
export interface ClassList {
  readonly path: string;
  readonly classes: readonly { readonly name: string; readonly color: string | null }[];
}

/** The list of the first file that can be read, or null. Lines: `name` or Datumaro's `name:r,g,b:parts:actions`. */
export async function readClassList(
  folder: DatasetFolder,
  paths: readonly string[],
  problems: ProblemQueue,
): Promise<ClassList | null> {
  for (const path of paths) {
    const text = await folder.readText(path, MAX_CLASS_FILE_BYTES);
    if (!text.ok) {
      problems.warning(
        'voc-bad-class-list',
        path,
        `${text.error.message} Class names come from the objects.`,
      );
      continue;
    }
    const isLabelMap = /label_?map\.txt$/i.test(path);
    const classes: { name: string; color: string | null }[] = [];
    const seen = new Set<string>();
    for (const line of text.value.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
      const parsed = isLabelMap ? labelMapLine(line) : plainLine(line);
      if (parsed === null) continue;
      if (seen.has(parsed.name)) {
        problems.warning(
          'voc-duplicate-class',
          path,
          `${path} names "${parsed.name}" twice; the first line counts. Remove the other.`,
        );
        continue;
      }
      if (classes.length === MAX_CLASSES) break;
      seen.add(parsed.name);
      classes.push(parsed);
    }
    if (classes.length > 0) return { path, classes };
  }
  return null;
}

/** The labels of a dataset: those of the list in its order, then names that only objects carry, in code-unit order. */
export function labelsOf(
  list: ClassList | null,
  usesVocMasks: boolean,
  names: ReadonlySet<string>,
): readonly DatasetLabel[] {
  const labels: DatasetLabel[] = [];
  const known = new Set<string>();
  const add = (name: string, color: string | null) => {
    if (known.has(name)) return;
    known.add(name);
    const label = { classIndex: labels.length, name, supercategory: null };
    labels.push(color === null ? label : { ...label, color });
  };
  const classes = list?.classes ?? [];
  classes.forEach(({ name, color }, position) => {
    // What Datumaro and CVAT call the colour that is no class; where an object is called so it is one all the same.
    const isNothing = position === 0 && name === BACKGROUND && color === BLACK && !names.has(name);
    if (!NO_CLASS.has(name) && !isNothing) add(name, color);
  });
  if (list === null && usesVocMasks) for (const name of VOC_CLASSES) add(name, null);
  for (const name of [...names].sort()) add(name, null);
  return labels;
}

function plainLine(line: string): { name: string; color: null } | null {
  const name = line.trim();
  return name === '' ? null : { name, color: null };
}

/** Begins the line of a name that itself begins with `#`, which others take for a remark. */
const HIDDEN = '#+';

/** Read from the right, so that a name may have colons of its own. */
function labelMapLine(line: string): { name: string; color: string | null } | null {
  let trimmed = line.trim();
  if (trimmed.startsWith(HIDDEN)) trimmed = trimmed.slice(HIDDEN.length);
  else if (trimmed === '' || trimmed.startsWith('#')) return null;
  const fields = trimmed.split(':');
  if (fields.length < 4) return { name: (fields[0] ?? '').trim(), color: colorOf(fields[1] ?? '') };
  const name = fields.slice(0, -3).join(':').trim();
  return name === '' ? null : { name, color: colorOf(fields.at(-3) ?? '') };
}

function colorOf(field: string): string | null {
  const parts = field.split(',').map((part) => decimalOf(part));
  if (parts.length !== 3) return null;
  let hex = '#';
  for (const part of parts) {
    if (part === null || !Number.isInteger(part) || part < 0 || part > 255) return null;
    hex += part.toString(16).padStart(2, '0');
  }
  return hex;
}

/** Colours of VOC's masks: the bits of the number dealt to red, green and blue from the highest on. */
export function vocColor(index: number): number {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let bit = 7, rest = index; bit >= 0; bit -= 1, rest >>= 3) {
    red |= (rest & 1) << bit;
    green |= ((rest >> 1) & 1) << bit;
    blue |= ((rest >> 2) & 1) << bit;
  }
  return (red << 16) | (green << 8) | blue;
}

/** Whether a name can stand in a line of `labelmap.txt` and come back. */
export function fitsLabelMap(name: string): boolean {
  return name !== '' && name.trim() === name && !/[\n\r]/.test(name);
}

/** @param hasMasks then black must be declared as well, for what is no object. */
export async function writeLabelMap(
  file: BufferedFile,
  labels: readonly { readonly name: string; readonly color: number | null }[],
  hasMasks: boolean,
): Promise<void> {
  await file.write('# label:color_rgb:parts:actions\n');
  if (hasMasks) {
    const isTaken = labels.some(({ name }) => name === BACKGROUND);
    await file.write(`${isTaken ? '_background_' : BACKGROUND}:0,0,0::\n`);
  }
  for (const { name, color } of labels) {
    const rgb = color === null ? '' : `${color >> 16},${(color >> 8) & 255},${color & 255}`;
    await file.write(`${name.startsWith('#') ? HIDDEN : ''}${name}:${rgb}::\n`);
  }
  await file.close();
}
