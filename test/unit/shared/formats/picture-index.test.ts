import { describe, expect, it } from 'vitest';
import { createPictureIndex } from '../../../../shared/formats/parts/picture-index';

describe('the index of pictures', () => {
  it('does not take a picture of the same name from another folder', () => {
    const index = createPictureIndex([
      'images/a/1.jpg',
      'images/a/b/1.jpg',
      'images/b/1.jpg',
      'images/images/1.jpg',
    ]);
    expect(index.find('a/1.jpg')).toBe('images/a/1.jpg');
    expect(index.find('b/1.jpg')).toBe('images/b/1.jpg');
    expect(index.find('a/b/1.jpg')).toBe('images/a/b/1.jpg');
    expect(index.find('images/1.jpg')).toBe('images/images/1.jpg');
    expect(index.find('c/1.jpg')).not.toBe('images/b/1.jpg');
  });

  it('does not guess between folders that fit equally well', () => {
    expect(createPictureIndex(['train/1.jpg', 'val/1.jpg']).find('1.jpg')).toBeNull();
    expect(createPictureIndex(['train/1.jpg', 'val/1.jpg']).find('val/1.jpg')).toBe('val/1.jpg');
  });

  it('takes the first of one folder when only extensions differ', () => {
    expect(createPictureIndex(['images/1.png', 'images/1.jpg']).find('labels/1.txt')).toBe('images/1.png');
  });

  it('finds a picture whose name was written as in an address, unless one is really called so', () => {
    expect(createPictureIndex(['images/a b.jpg']).find('images/a%20b.jpg')).toBe('images/a b.jpg');
    const both = createPictureIndex(['images/a b.jpg', 'images/a%20b.jpg']);
    expect(both.find('images/a%20b.jpg')).toBe('images/a%20b.jpg');
    expect(createPictureIndex(['images/100%.jpg']).find('images/100%.jpg')).toBe('images/100%.jpg');
  });
});
