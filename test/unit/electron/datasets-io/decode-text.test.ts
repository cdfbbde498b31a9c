import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../../electron/datasets-io/open-dataset-folder';
import { okValue } from '../../../fixtures/ok-value';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'groundmark-decode-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the text of a file', () => {
  it.each([
    ['Latin-1 as declared', Buffer.from(`${declared('ISO-8859-1')}<a>Fuß é</a>`, 'latin1'), '<a>Fuß é</a>'],
    [
      // 0xC6 0xEE 0xEA in Windows-1251 is Жок.
      'Cyrillic as declared',
      Buffer.concat([Buffer.from(`${declared('windows-1251')}<a>`), Buffer.from([0xc6, 0xee, 0xea])]),
      '<a>Жок',
    ],
    [
      // 0x80 in Windows-1252 is the euro sign.
      'Windows-1252 in single quotes',
      Buffer.concat([Buffer.from(`<?xml version='1.0' encoding='windows-1252' ?><a>`), Buffer.from([0x80])]),
      '<a>€',
    ],
    ['UTF-8 whatever its case', Buffer.from(`${declared('UTF-8')}<a>é</a>`), '<a>é</a>'],
    ['UTF-16 by its mark', Buffer.from(`\uFEFF${declared('UTF-16')}<a>é</a>`, 'utf16le'), '<a>é</a>'],
    ['UTF-16 without a mark', Buffer.from(`${declared('UTF-16')}<a>é</a>`, 'utf16le'), '<a>é</a>'],
    ['UTF-16 the other way round', utf16be(`${declared('UTF-16')}<a>é</a>`), '<a>é</a>'],
    ['an unknown encoding as UTF-8', Buffer.from(`${declared('klingon')}<a>é</a>`), '<a>é</a>'],
    ['UTF-16 that is only claimed', Buffer.from(`${declared('UTF-16')}<a>é</a>`), '<a>é</a>'],
    ['no declaration', Buffer.from('<a>é</a>'), '<a>é</a>'],
    ['a declaration that is no XML', Buffer.from('encoding="ISO-8859-1" é'), 'encoding="ISO-8859-1" é'],
  ])('is read as %s, whole, in chunks and by its head', async (_, bytes, ending) => {
    await writeFile(path.join(root, 'a.xml'), bytes);
    const folder = okValue(await openDatasetFolder(root));
    const whole = okValue(await folder.readText('a.xml', 1000));
    let chunks = '';
    for await (const chunk of folder.streamText('a.xml')) chunks += chunk;
    expect(whole.endsWith(ending)).toBe(true);
    expect(chunks.endsWith(ending)).toBe(true);
    expect((await folder.head('a.xml')).endsWith(ending)).toBe(true);
  });

  it.each([0, 1, 2, 3])(
    'keeps a character that lies across two chunks, %i bytes before the second',
    async (before) => {
      // Chunks are of 1 MB: plain ones, one that ends in a character of four bytes, one that begins in it, and the rest.
      const plain = 'a'.repeat(2 * (1 << 20) - before);
      const text = `${plain}😀${'b'.repeat(1 << 20)}é${'c'.repeat(1 << 20)}`;
      await writeFile(path.join(root, 'a.json'), text);
      const folder = okValue(await openDatasetFolder(root));
      let chunks = '';
      for await (const chunk of folder.streamText('a.json')) chunks += chunk;
      expect(chunks === text).toBe(true);
    },
  );

  it('takes a character that is cut off by plain text for damage', async () => {
    const damaged = Buffer.concat([
      Buffer.alloc(1 << 20, 'a'),
      Buffer.from([0xf0, 0x9f]),
      Buffer.alloc(10, 'b'),
    ]);
    await writeFile(path.join(root, 'a.json'), damaged);
    const folder = okValue(await openDatasetFolder(root));
    let chunks = '';
    for await (const chunk of folder.streamText('a.json')) chunks += chunk;
    expect(chunks.slice(1 << 20)).toBe(`\uFFFD${'b'.repeat(10)}`);
  });
});
