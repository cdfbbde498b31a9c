import { describe, expect, it } from 'vitest';
import { keyFromFileName } from '../../../../shared/formats/parts/dataset-key';

describe('the key of a file name', () => {
  it.each([
    ['day/1.jpg', 'day/1.jpg'],
    ['./day/1.jpg', 'day/1.jpg'],
    ['day\\1.jpg', 'day/1.jpg'],
    ['a%20b #1.PNG', 'a%20b #1.PNG'],
  ])('%j stays %j', (name, key) => {
    expect(keyFromFileName(name)).toEqual({ key, isForeign: false });
  });

  it.each([
    ['/data/upload/1/ab-b.jpg', 'data/upload/1/ab-b.jpg'],
    ['/data/local-files/?d=set/c%20d.jpg', 'set/c d.jpg'],
    ['C:\\Users\\me\\d.jpg', 'Users/me/d.jpg'],
    ['\\\\server\\share\\d.jpg', 'server/share/d.jpg'],
    ['https://example.org/p/e%20f.jpg?sig=1#x', 'example.org/p/e f.jpg'],
    ['s3://bucket/dir/f.jpg', 'bucket/dir/f.jpg'],
    ['../images/a.jpg', 'images/a.jpg'],
  ])('%j loses what says where it was', (name, key) => {
    expect(keyFromFileName(name)).toEqual({ key, isForeign: true });
  });

  it.each([
    '',
    '/',
    '..',
    '../../etc/passwd',
    'a/../../b.jpg',
    'https://',
    'https://x/a%2F..%2F..%2Fb.jpg',
    'a\0.jpg',
  ])('%j is refused', (name) => {
    expect(keyFromFileName(name)).toBeNull();
  });
});
