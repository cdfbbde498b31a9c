import { describe, expect, it } from 'vitest';
import { folderName, imageRoots } from '../../../../../shared/formats/parts/image-roots';
import { RelativeKey } from '../../../../../shared/schema/ids';

describe('folders of a dataset with several sources', () => {
  it('has none for a single source', () => {
    expect(imageRoots([{ id: '1', displayName: 'street' }])).toEqual(new Map([['1', '']]));
  });

  it('tells sources of one name apart, also where case does not count', () => {
    const roots = imageRoots([
      { id: '2', displayName: 'Street' },
      { id: '1', displayName: 'street' },
      { id: '3', displayName: 'street' },
    ]);
    expect(roots).toEqual(
      new Map([
        ['2', 'Street/'],
        ['1', 'street-2/'],
        ['3', 'street-3/'],
      ]),
    );
  });

  it.each([
    ['..', 'images'],
    ['a/b\\c', 'a-b-c'],
    ['  .hidden. ', 'hidden'],
    ['Straße Zürich', 'Straße Zürich'],
    ['\0<>:"|?*', 'images'],
    ['', 'images'],
    [`${'x'.repeat(79)}. y`, 'x'.repeat(79)],
  ])('makes a safe folder of %j', (name, expected) => {
    expect(folderName(name)).toBe(expected);
    expect(RelativeKey.safeParse(folderName(name)).success).toBe(true);
  });
});
