import type { DatasetImage } from '../format';
import { chosen, type FormatOption, NO_OPTIONS, type OptionValues } from '../format-options';
import { nameOf } from '../parts/picture-index';
import { numberName, picturePathAt, placeOf } from '../parts/sequences/sequence-place';

export const writeForm: FormatOption = {
  id: 'form',
  title: 'Masks as',
  description: 'One text file a sequence, or one PNG file a frame.',
  choices: [
    { id: 'txt', title: 'Text: gt/gt.txt with a row an object (MOTSChallenge)' },
    { id: 'png', title: 'PNG: instances/<sequence>/000001.png with 16 bits a pixel' },
  ],
  defaultChoice: 'txt',
};

export function motsForm(options: OptionValues): 'txt' | 'png' {
  return chosen(writeForm, options) === 'png' ? 'png' : 'txt';
}

/** Where a picture belongs: `[split/]<sequence>/img1/000001.jpg`, or `[split/]images/<sequence>/000001.jpg` beside PNG. */
export function motsPicturePath(image: DatasetImage, options: OptionValues = NO_OPTIONS): string {
  const place = placeOf(image);
  if (motsForm(options) === 'txt') return picturePathAt(place, 'img1');
  return `${pngPlace(image, 'images')}${place.extension}`;
}

/** The path of a frame's file of masks, or of its picture without the extension. @param folder `instances` or `images`. */
export function pngPlace(image: DatasetImage, folder: string): string {
  const { folder: sequence, number } = placeOf(image);
  const split = image.split === null ? '' : `${image.split}/`;
  return `${split}${folder}/${nameOf(sequence)}/${numberName(number)}`;
}
