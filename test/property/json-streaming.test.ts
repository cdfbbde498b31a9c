import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntries } from '../../shared/formats/parts/json/element-texts';
import { parseJsonFile } from '../../shared/formats/parts/json/parse-json-file';
import { type StreamEnd, streamElements } from '../../shared/formats/parts/json/stream-elements';
import { memoryFolder } from '../harness/memory-dataset';

const ROOT = new Set(['']);
const NONE: ReadonlySet<string> = new Set();

interface Streamed {
  readonly elements: Map<string, unknown[]>;
  readonly entries: Map<string, [string, unknown][]>;
  readonly end: StreamEnd;
}

async function streamed(
  text: string,
  chunkChars: number,
  wanted: ReadonlySet<string>,
  wantedEntries: ReadonlySet<string> = NONE,
): Promise<Streamed> {
  const folder = memoryFolder(new Map([['a.json', text]]), { chunkChars });
  const elements = new Map<string, unknown[]>();
  const entries = new Map<string, [string, unknown][]>();
  const stream = streamElements(folder, 'a.json', wanted, wantedEntries);
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    const run = next.value;
    if (run.keys === undefined) elements.set(run.name, [...(elements.get(run.name) ?? []), ...run.elements]);
    else {
      const pairs = run.keys.map((key, index): [string, unknown] => [key, run.elements[index]]);
      entries.set(run.name, [...(entries.get(run.name) ?? []), ...pairs]);
    }
  }
  return { elements, entries, end: next.value };
}

const chunkChars = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 200 }));
const indent = fc.constantFrom(0, 1);
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const odd = fc.constantFrom('a', '1', '0', '__proto__', 'q "x" \\', 'é', '', 'constructor');
// Pairs and not an object, because an object puts keys that are numbers first.
const pairs = fc.uniqueArray(fc.tuple(fc.oneof(odd, fc.string()), json), { selector: ([key]) => key });
const asObject = (list: readonly (readonly [string, unknown])[], gap: string) =>
  `{${gap}${list.map(([key, value]) => `${JSON.stringify(key)}${gap}:${JSON.stringify(value, null, gap)}`).join(`,${gap}`)}${gap}}`;

describe('streaming a JSON file', () => {
  it('gives the elements of a root array, wherever the text is cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(json), chunkChars, indent, async (list, size, gap) => {
        const { elements, end } = await streamed(JSON.stringify(list, null, gap), size, ROOT);
        expect(elements.get('') ?? []).toEqual(list);
        expect([end.fault, end.root]).toEqual([null, 'array']);
      }),
      { numRuns: 300 },
    ));

  it('gives the entries of a root object in file order', () =>
    fc.assert(
      fc.asyncProperty(pairs, chunkChars, fc.constantFrom('', '\n '), async (list, size, gap) => {
        const { entries, end } = await streamed(asObject(list, gap), size, NONE, ROOT);
        expect(entries.get('') ?? []).toEqual(list);
        expect([end.fault, end.root, end.keys]).toEqual([null, 'object', []]);
      }),
      { numRuns: 300 },
    ));

  it('gives the entries of wanted objects beside the elements of wanted arrays', () =>
    fc.assert(
      fc.asyncProperty(pairs, fc.array(json), json, chunkChars, async (list, array, other, size) => {
        const text = `{"other":${JSON.stringify(other)},"o":${asObject(list, ' ')},"a":${JSON.stringify(array)},"end":{"o":{"x":1},"a":[1]}}`;
        const { elements, entries, end } = await streamed(text, size, new Set(['a']), new Set(['o']));
        expect(entries.get('o') ?? []).toEqual(list);
        expect(elements.get('a') ?? []).toEqual(array);
        expect([...entries.keys(), ...elements.keys()].every((name) => name === 'o' || name === 'a')).toBe(
          true,
        );
        expect([end.fault, end.keys]).toEqual([null, ['other', 'o', 'a', 'end']]);
      }),
      { numRuns: 300 },
    ));

  it('says of every true beginning that it is cut off, and gives nothing that the whole does not have', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), json), { minLength: 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        chunkChars,
        async (list, share, size) => {
          const text = JSON.stringify(list);
          const { elements, end } = await streamed(
            text.slice(0, Math.floor(text.length * share)),
            size,
            ROOT,
          );
          expect(end.fault).not.toBeNull();
          const given = elements.get('') ?? [];
          expect(given).toEqual(list.slice(0, given.length));
        },
      ),
      { numRuns: 300 },
    ));

  it.each([
    ['[1]', NONE, NONE, 'it is a list, not an object (near character 1)'],
    ['[1] [2]', ROOT, NONE, 'more text follows its end (near character 5)'],
    ['{"a":1} x', NONE, ROOT, 'more text follows its end (near character 9)'],
    ['hello', ROOT, NONE, 'it does not begin as a JSON object or list (near character 1)'],
    ['[{]', ROOT, NONE, 'a bracket closes what was not opened (near character 3)'],
    ['[1,{"a":2', ROOT, NONE, 'it ends before it is complete (near character 10)'],
    ['{"o":{"k":1,"l', NONE, new Set(['o']), 'it ends in the middle of "o" (near character 15)'],
    [`[${'['.repeat(64)}`, ROOT, NONE, 'it is nested more than 64 levels deep (near character 65)'],
  ] as const)('of %j it says what is wrong and where', async (text, wanted, entries, fault) => {
    expect((await streamed(text, 4, wanted, entries)).end.fault).toBe(fault);
  });

  it('has no fault with a root object where a root array was wanted, and says which it is', async () => {
    const { elements, end } = await streamed('{"":[1],"a":[2]}', 3, ROOT);
    expect([...elements]).toEqual([]);
    expect([end.fault, end.root, end.keys]).toEqual([null, 'object', ['', 'a']]);
  });

  it('costs a broken element or entry only that one', async () => {
    const list = await streamed('[1,{"a":tru},NaN,[-Infinity,"NaN, \\" Infinity"]]', 7, ROOT);
    expect(list.elements.get('')).toEqual([1, undefined, null, [null, 'NaN, " Infinity']]);
    expect(parseEntries('"a":1, b:2, "c" 3, "d" : [4}, "d":{"x":5}')).toEqual([
      { key: 'a', value: 1 },
      { key: '', value: undefined },
      { key: '', value: undefined },
      { key: 'd', value: undefined },
      { key: 'd', value: { x: 5 } },
    ]);
  });

  it('keeps keys that come twice, and those of the prototype', async () => {
    const { entries } = await streamed('{"__proto__":{"a":1},"k":2,"k":3}', 5, NONE, ROOT);
    expect(entries.get('')).toEqual([
      ['__proto__', { a: 1 }],
      ['k', 2],
      ['k', 3],
    ]);
  });
});

describe('parsing a small JSON file', () => {
  const parsed = (content: string | Uint8Array, maxBytes = 10_000) =>
    parseJsonFile(memoryFolder(new Map([['a.json', content]])), 'a.json', maxBytes);

  it('gives what JSON.parse gives', () =>
    fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        expect(await parsed(text, 1_000_000)).toMatchObject({
          ok: true,
          value: JSON.parse(text) as unknown,
          duplicateKeys: [],
        });
      }),
    ));

  it('names keys that come twice in one object, and no others', async () => {
    const text = '{"a":[{"a":1},{"a":2}],"b":"a","b":{"c":1,"x":["c","c"],"c":2}}';
    expect(await parsed(text)).toMatchObject({ ok: true, duplicateKeys: ['b', 'c'] });
  });

  it('passes over a byte order mark, and says where bytes were no text', async () => {
    expect(await parsed('\ufeff{"a":1}')).toMatchObject({ ok: true, value: { a: 1 }, hasBadEncoding: false });
    const latin1 = new Uint8Array(Buffer.from('{"a":"caf\xe9"}', 'latin1'));
    expect(await parsed(latin1)).toMatchObject({ ok: true, hasBadEncoding: true });
  });

  it('refuses what is too large, too deep, empty or broken, in words', async () => {
    expect(await parsed('[1,2,3]', 3)).toMatchObject({ ok: false, code: 'json-unreadable' });
    expect(await parsed('['.repeat(9_000))).toEqual({
      ok: false,
      code: 'json-malformed',
      reason: 'it is nested more than 64 levels deep',
    });
    expect(await parsed(' ')).toEqual({ ok: false, code: 'json-malformed', reason: 'it is empty' });
    expect(await parsed('{"a":1')).toMatchObject({ ok: false, code: 'json-malformed' });
    expect(await parsed('["x')).toMatchObject({ ok: false, code: 'json-malformed' });
  });
});
