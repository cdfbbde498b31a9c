import { describe, expect, it } from 'vitest';
import { createNameNotes } from '../../../../electron/datasets-io/name-notes';

function notesOn(...paths: string[]): readonly string[] {
  const names = createNameNotes();
  for (const path of paths) names.add(path);
  return names.notes();
}

describe('names that are written', () => {
  it('have nothing to be said of when every disk holds and tells them apart', () => {
    expect(notesOn('a.jpg', 'b.jpg', 'sub/a.jpg', 'ü é 漢字.png', 'contents.txt', 'com10.txt')).toEqual([]);
  });

  it.each([
    ['a.jpg', 'A.JPG'],
    ['Day/1.png', 'day/1.png'],
    // é as one character and as e with an accent: one name on APFS.
    ['caf\u00e9.png', 'cafe\u0301.png'],
  ])('%s and %s are one file on some disks', (first, second) => {
    const [note] = notesOn(first, second);
    expect(note).toMatch(/on Windows and macOS they are one file/);
    expect(note?.startsWith(second)).toBe(true);
  });

  it.each(['con.txt', 'sub/AUX', 'a?.png', 'a:b.png', 'dot.', 'space /x.png', 'lpt1.jpg', 'a"b.png'])(
    '%s cannot be held by Windows',
    (path) => {
      expect(notesOn(path)).toEqual([
        `${path} has a name that Windows cannot hold. Rename it before the dataset goes there.`,
      ]);
    },
  );

  it('are counted, with a few of them', () => {
    expect(notesOn('a?', 'b?', 'c?', 'd?')).toEqual([
      '4 files (a?, b?, c?, …) have names that Windows cannot hold. Rename them before the dataset goes there.',
    ]);
    expect(notesOn(`${'x'.repeat(201)}.png`)[0]).toMatch(/more than 200 characters/);
  });

  it('are known again, long ones as well', () => {
    const names = createNameNotes();
    const long = `a/${'x'.repeat(300)}.png`;
    names.add(long);
    names.add('b.png');
    expect([names.has(long), names.has('b.png'), names.has('B.png'), names.has('c.png')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
