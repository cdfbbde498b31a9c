import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { Annotation } from '../../schema/annotation';
import type { LabelDefinition, LabelSchema } from '../../schema/label-schema';
import { LONGEST_LINE_IN_CHARS, type ProjectImageLine, ProjectLine } from '../../schema/project-lines';
import { resolveMergedLabels } from '../../schema/resolve-label';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder, DatasetLabel } from '../format';
import { imageRoots } from '../parts/image-roots';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { BundleManifest, LARGEST_MANIFEST_BYTES, LINES_ENTRY, MANIFEST_ENTRY } from './bundle-entries';

/**
 * Reads the project's lines twice: an image that was edited while the bundle was written stands in it twice, and its
 * later line holds. Memory is one number an image.
 */
export async function* readGmk(folder: DatasetFolder): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const manifest = await readManifest(folder, problems);
  if (manifest === null) {
    yield* problems.close('');
    return;
  }
  const labels = exportedLabels(manifest.labelSchema);
  for (const label of labels) yield { type: 'label', label: datasetLabel(label) };

  const lastLineOf = new Map<number, number>();
  const whole = await walk(folder, problems, (line, number) => {
    if (line.kind === 'image') lastLineOf.set(line.image.ordinal, number);
  });
  if (whole !== null && (whole.lines !== manifest.lines || whole.sha256 !== manifest.sha256)) {
    problems.error(
      'bundle-altered',
      LINES_ENTRY,
      `${LINES_ENTRY} is not what the bundle was made with: it was altered or cut off. What can be read is given; ask for the bundle again.`,
    );
  }
  yield* problems.drain();
  const roots = imageRoots(manifest.sources);
  const names = attributeNames(manifest.labelSchema);
  const resolved = resolveMergedLabels(manifest.labelSchema);
  const seen = new Set<string>();
  for await (const { line, number } of projectLines(folder)) {
    if (line?.kind !== 'image' || lastLineOf.get(line.image.ordinal) !== number) continue;
    const key = `${roots.get(line.image.sourceId) ?? ''}${line.image.key}`;
    if (seen.has(key)) {
      problems.error(
        'duplicate-image',
        LINES_ENTRY,
        `${key} stands twice in ${LINES_ENTRY}; the first is used.`,
        number,
      );
      continue;
    }
    seen.add(key);
    yield imageEvent(line, key);
    for (const annotation of line.set?.annotations ?? []) {
      const label = resolved.get(annotation.labelId);
      if (label === undefined) {
        problems.error(
          'unknown-class',
          LINES_ENTRY,
          `An annotation of ${key} has a label that the bundle does not name; it was left out.`,
          number,
        );
        continue;
      }
      yield { type: 'annotation', annotation: datasetAnnotation(annotation, key, label.classIndex, names) };
    }
    if (!problems.isEmpty) yield* problems.drain();
  }
  yield* problems.close(LINES_ENTRY);
}

async function readManifest(folder: DatasetFolder, problems: ProblemQueue): Promise<BundleManifest | null> {
  const paths = new Set((await folder.list()).map((file) => file.path));
  if (!paths.has(MANIFEST_ENTRY)) {
    problems.error(
      'format-unrecognised',
      '',
      `No bundle was found: a Groundmark bundle holds ${MANIFEST_ENTRY} and ${LINES_ENTRY}. Name the .gmk file.`,
    );
    return null;
  }
  const text = await folder.readText(MANIFEST_ENTRY, LARGEST_MANIFEST_BYTES);
  if (!text.ok) {
    problems.error('file-unreadable', MANIFEST_ENTRY, text.error.message);
    return null;
  }
  const parsed = BundleManifest.safeParse(parsedJson(text.value));
  if (parsed.success) return parsed.data;
  const said = parsedJson(text.value);
  const version =
    typeof said === 'object' && said !== null && 'groundmarkBundle' in said ? said.groundmarkBundle : null;
  problems.error(
    'bundle-bad-manifest',
    MANIFEST_ENTRY,
    typeof version === 'number' && version > 1
      ? `This bundle was made by a newer Groundmark (form ${version}). Update the app, then open it again.`
      : `${MANIFEST_ENTRY} is not sound (${z.prettifyError(parsed.error).slice(0, 300)}). Ask for the bundle again.`,
  );
  return null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface NumberedLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
  /** Null when it is no line of a project; `fault` says why. */
  readonly line: ProjectLine | null;
  readonly fault: string;
}

/** The lines of the project, parsed one by one. Throws what the folder throws. */
async function* projectLines(folder: DatasetFolder): AsyncGenerator<NumberedLine> {
  let number = 0;
  for await (const text of textLines(folder)) {
    number += 1;
    const parsed = ProjectLine.safeParse(parsedJson(text));
    yield parsed.success
      ? { number, text, line: parsed.data, fault: '' }
      : { number, text, line: null, fault: z.prettifyError(parsed.error).slice(0, 300) };
  }
}

async function* textLines(folder: DatasetFolder): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of folder.streamText(LINES_ENTRY)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    // No line of ours is so long: reading on would let memory follow the input.
    if (rest.length > LONGEST_LINE_IN_CHARS) break;
  }
  if (rest !== '') yield rest;
}

/** Looks at every line once and reports those that are none; null when the file cannot be read to its end. */
async function walk(
  folder: DatasetFolder,
  problems: ProblemQueue,
  onLine: (line: ProjectLine, number: number) => void,
): Promise<{ readonly lines: number; readonly sha256: string } | null> {
  const hash = sha256.create();
  let lines = 0;
  try {
    for await (const { number, text, line, fault } of projectLines(folder)) {
      hash.update(utf8ToBytes(`${text}\n`));
      lines = number;
      if (line !== null) onLine(line, number);
      else
        problems.error(
          'bundle-bad-line',
          LINES_ENTRY,
          `Line ${number} of ${LINES_ENTRY} is none of a project (${fault}); it was left out.`,
          number,
        );
    }
  } catch (thrown) {
    const why =
      typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : '';
    problems.error('file-unreadable', LINES_ENTRY, `${LINES_ENTRY} cannot be read to its end. ${why}`);
    return null;
  }
  return { lines, sha256: bytesToHex(hash.digest()) };
}

function imageEvent({ image, set }: ProjectImageLine, key: string): DatasetEvent {
  return {
    type: 'image',
    image: {
      key,
      size: { width: image.width, height: image.height },
      split: null,
      state: set?.status.state ?? image.state,
    },
  };
}

/** Labels that annotations may count as: merged ones are gone, retired ones stay. */
function exportedLabels(schema: LabelSchema): readonly LabelDefinition[] {
  const kept = new Set([...resolveMergedLabels(schema).values()].map((label) => label.id));
  return schema.labels.filter((label) => kept.has(label.id)).sort((a, b) => a.classIndex - b.classIndex);
}

function datasetLabel(label: LabelDefinition): DatasetLabel {
  const { classIndex, name, supercategory, color, skeleton, attributes, allowedShapes } = label;
  return {
    classIndex,
    name,
    supercategory,
    color,
    ...(skeleton === undefined
      ? {}
      : { skeleton: { joints: skeleton.joints.map((joint) => joint.name), edges: skeleton.edges } }),
    ...(attributes.length === 0
      ? {}
      : {
          attributes: attributes.map((attribute) => ({
            name: attribute.name,
            kind: attribute.kind,
            options: attribute.kind === 'select' ? attribute.options : [],
            defaultValue: attribute.defaultValue,
          })),
        }),
    ...(allowedShapes.length === 0 ? {} : { allowedShapes }),
  };
}

function attributeNames(schema: LabelSchema): ReadonlyMap<string, string> {
  return new Map(
    schema.labels.flatMap((label) => label.attributes.map(({ id, name }) => [id, name] as const)),
  );
}

function datasetAnnotation(
  annotation: Annotation,
  imageKey: string,
  classIndex: number,
  names: ReadonlyMap<string, string>,
): DatasetAnnotation {
  const attributes = new Map(
    Object.entries(annotation.attributes).map(([id, value]) => [names.get(id) ?? id, value] as const),
  );
  if (annotation.isOccluded) attributes.set('occluded', true);
  if (annotation.isTruncated) attributes.set('truncated', true);
  const { groupId, trackId, isKeyframe, isOutside, note } = annotation;
  return {
    imageKey,
    classIndex,
    shape: annotation.shape,
    isCrowd: annotation.isCrowd,
    attributes: Object.fromEntries(attributes),
    score: annotation.score ?? null,
    ...(groupId === undefined ? {} : { groupId }),
    ...(trackId === undefined ? {} : { trackId }),
    ...(isKeyframe === undefined ? {} : { isKeyframe }),
    ...(isOutside === undefined ? {} : { isOutside }),
    ...(note === undefined ? {} : { note }),
  };
}
