import { strFromU8, strToU8 } from 'fflate';
import { labelNameFrom } from '../parts/records/label-record';

export interface LabelMapItem {
  readonly id: number;
  readonly name: string;
}

/** Ids of Knowledge Graph, which name nothing for a person. */
const MACHINE_ID = /^\/m\//;

const MOST_ITEMS = 100_000;

/**
 * The items of a label_map.pbtxt, `item { id: 1 name: 'car' }`, as people write them: fields in any order, either quote,
 * comments. An item without an id or a name is passed over.
 */
export function labelMapFrom(text: string): readonly LabelMapItem[] {
  const items: LabelMapItem[] = [];
  let fields: Map<string, string> | null = null;
  let field = '';
  // A name, a bracket, a colon, a quoted text or a number; comments and commas are between them.
  for (const [token] of text.matchAll(
    /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}:]|[^\s{}:,;"'#]+/g,
  )) {
    if (token.startsWith('#') || token === ':') continue;
    if (token === '{') fields ??= new Map();
    else if (token === '}') {
      const name = labelNameFrom(nameOf(fields));
      const id = Number(fields?.get('id'));
      if (name !== null && Number.isInteger(id) && items.length < MOST_ITEMS) items.push({ id, name });
      fields = null;
      field = '';
    } else if (fields === null) continue;
    else if (field === '') field = token;
    else {
      if (!fields.has(field)) fields.set(field, unquoted(token));
      field = '';
    }
  }
  return items;
}

function nameOf(fields: ReadonlyMap<string, string> | null): string | undefined {
  const name = fields?.get('name');
  const shown = fields?.get('display_name');
  return name === undefined || (MACHINE_ID.test(name) && shown !== undefined) ? shown : name;
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, a: 7, b: 8, f: 12, v: 11 };

/** Text format escapes bytes, not characters. */
function unquoted(token: string): string {
  if (!/^["']/.test(token)) return token;
  const inner = token.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const bytes: number[] = [];
  for (const [piece] of inner.matchAll(/\\(?:[0-7]{1,3}|x[\da-f]{1,2}|.)|[^\\]+/gis)) {
    if (!piece.startsWith('\\')) bytes.push(...strToU8(piece));
    else if (/^\\[0-7]/.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 8) & 0xff);
    else if (/^\\x[\da-f]/i.test(piece)) bytes.push(Number.parseInt(piece.slice(2), 16));
    else
      bytes.push(
        ...(ESCAPES[piece[1] ?? ''] === undefined ? strToU8(piece.slice(1)) : [ESCAPES[piece[1] ?? ''] ?? 0]),
      );
  }
  return strFromU8(Uint8Array.from(bytes));
}

/** One item as TensorFlow's object detection reads it. */
export function labelMapItem({ id, name }: LabelMapItem): string {
  const escaped = name
    .replace(/["\\]/g, '\\$&')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (control) =>
      [...strToU8(control)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    );
  return `item {\n  id: ${id}\n  name: "${escaped}"\n}\n`;
}
