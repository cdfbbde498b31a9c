import type { DatasetFolder, DatasetLabel } from '../format';
import { parsedElement } from '../parts/json/element-texts';
import { isRecord, listFrom, recordFrom } from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import { openTable, type Table, type TableRow } from '../parts/parquet/read-table';
import type { ProblemQueue } from '../parts/problem-queue';
import { isClassIndex, labelFromRecord, labelNameFrom } from '../parts/records/label-record';
import type { TableFiles } from './tables';

const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** The classes as labels.parquet lists them, or the manifest of a version, or the annotations themselves. */
export async function labelsOfTables(
  folder: DatasetFolder,
  files: TableFiles,
  annotations: Table,
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[]> {
  const listed = files.labels === null ? null : await listedLabels(folder, files.labels, problems);
  if (listed !== null) return listed;
  const declared = files.manifest === null ? null : await manifestLabels(folder, files.manifest.path);
  if (declared !== null) return declared;
  const labels = new Map<number, DatasetLabel>();
  for await (const rows of annotations.rows(['class_index', 'label_name'])) {
    for (const row of rows) {
      const label = labelOfRow(row, 'label_name');
      if (label !== null && !labels.has(label.classIndex)) labels.set(label.classIndex, label);
    }
  }
  return [...labels.values()].sort((a, b) => a.classIndex - b.classIndex);
}

async function listedLabels(
  folder: DatasetFolder,
  { path, byteSize }: { readonly path: string; readonly byteSize: number },
  problems: ProblemQueue,
): Promise<readonly DatasetLabel[] | null> {
  const table = await openTable(folder, path, byteSize);
  if (typeof table === 'string') {
    problems.error(
      'parquet-damaged',
      path,
      `${path} cannot be read: ${table}. Classes are taken from the annotations.`,
    );
    return null;
  }
  const labels = new Map<number, DatasetLabel>();
  const rows = table.rows();
  let next = await rows.next();
  for (; !next.done; next = await rows.next()) {
    for (const row of next.value) {
      const whole = typeof row.label === 'string' ? labelFromRecord(parsedElement(row.label)) : null;
      const label = whole ?? labelOfRow(row, 'name');
      if (label === null || labels.has(label.classIndex)) {
        problems.error(
          'parquet-bad-label',
          path,
          `A row of ${path} is no class with a number of its own; it was left out.`,
        );
      } else labels.set(label.classIndex, label);
    }
  }
  if (next.value !== null) {
    problems.error(
      'parquet-damaged',
      path,
      `${path} cannot be read as a whole: ${next.value}. Classes may be missing.`,
    );
  }
  return [...labels.values()];
}

function labelOfRow(row: TableRow, nameColumn: string): DatasetLabel | null {
  const classIndex = wholeFrom(row.class_index);
  if (!isClassIndex(classIndex)) return null;
  return {
    classIndex,
    name: labelNameFrom(row[nameColumn]) ?? `class-${classIndex}`,
    supercategory: labelNameFrom(row.supercategory),
  };
}

/** 64 bit columns come as big integers. */
export function wholeFrom(value: unknown): number | null {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** The label schema of a version's manifest; merged labels have no annotations there. */
async function manifestLabels(folder: DatasetFolder, path: string): Promise<readonly DatasetLabel[] | null> {
  const parsed = await parseJsonFile(folder, path, MAX_MANIFEST_BYTES);
  if (!parsed.ok || !isRecord(parsed.value) || !isRecord(parsed.value.labelSchema)) return null;
  const labels = new Map<number, DatasetLabel>();
  for (const entry of listFrom(parsed.value.labelSchema.labels)) {
    const label = recordFrom(entry);
    if (label.mergedIntoId !== null && label.mergedIntoId !== undefined) continue;
    const skeleton = recordFrom(label.skeleton);
    const made = labelFromRecord({
      class_index: label.classIndex,
      name: label.name,
      supercategory: label.supercategory,
      color: label.color,
      ...(listFrom(label.allowedShapes).length === 0 ? {} : { allowed_shapes: label.allowedShapes }),
      ...(label.skeleton === undefined
        ? {}
        : {
            skeleton: {
              joints: listFrom(skeleton.joints).map((joint) => recordFrom(joint).name),
              edges: skeleton.edges,
            },
          }),
      ...(listFrom(label.attributes).length === 0
        ? {}
        : {
            attributes: listFrom(label.attributes).map((attribute) => {
              const { name, kind, options, defaultValue } = recordFrom(attribute);
              return { name, kind, options, default_value: defaultValue };
            }),
          }),
    });
    if (made !== null && !labels.has(made.classIndex)) labels.set(made.classIndex, made);
  }
  return [...labels.values()].sort((a, b) => a.classIndex - b.classIndex);
}
