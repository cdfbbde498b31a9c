import type { DatasetImage } from '../format';
import { folderOf, nameOf, withoutExtension } from '../parts/picture-index';
import { PICTURES } from './find-cityscapes';

/**
 * `<split>/<city>/<name>`: Cityscapes has exactly one folder below the split, so folders of a key are joined by `_`.
 * Images without a split are in one called `default`, those without a folder in the city `default`.
 */
export function placeOfImage({ key, split }: DatasetImage): string {
  const city = folderOf(key).replaceAll('/', '_');
  return `${split ?? 'default'}/${city === '' ? 'default' : city}/${nameOf(withoutExtension(key))}`;
}

export function pictureOfImage(image: DatasetImage): string {
  return `${PICTURES}/${placeOfImage(image)}_leftImg8bit${image.key.slice(withoutExtension(image.key).length)}`;
}
