import { sha256OfText } from '../../../document/hash';
import type { DatasetImage } from '../../format';
import { folderOf, nameOf, withoutExtension } from '../picture-index';

/** Where a picture stands in a dataset that is laid out by sequences, as those of MOTChallenge are. */
export interface SequencePlace {
  /** The sequence's folder, relative to the dataset. */
  readonly folder: string;
  /** Counted from 1. */
  readonly number: number;
  /** With its dot; '' for none. */
  readonly extension: string;
}

/** File names of pictures in a sequence are numbers of six digits, or more where that is not enough. */
const DIGITS = 6;

/** Leaves room for what stands behind it in 255 bytes, the longest name of a file, in any script. */
const LONGEST_FOLDER = 60;

/**
 * The place of a picture: by its frame; without one by the number at the end of its name, in a sequence called as what
 * stands before; a picture without a number is a sequence of its own. A function of the image alone, because the picture
 * is copied by what `picturePath` says of it.
 */
export function placeOf(image: DatasetImage): SequencePlace {
  const { sequence, number } = image.frame === undefined ? placeByName(image.key) : placeByFrame(image.frame);
  return {
    folder: (image.split === null ? '' : `${image.split}/`) + folderName(sequence),
    number,
    extension: image.key.slice(withoutExtension(image.key).length),
  };
}

/** @param folder of the pictures in the sequence's own. */
export function picturePathAt({ folder, number, extension }: SequencePlace, pictures: string): string {
  return `${folder}/${pictures}/${numberName(number)}${extension}`;
}

export function numberName(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

function placeByFrame({ sequence, index }: NonNullable<DatasetImage['frame']>) {
  return { sequence, number: index + 1 };
}

function placeByName(key: string): { readonly sequence: string; readonly number: number } {
  const stem = withoutExtension(key);
  const [, before = '', digits = ''] = /^(.*?)(\d{1,9})$/s.exec(nameOf(stem)) ?? [];
  const number = Number(digits);
  if (digits === '' || number === 0) return { sequence: stem, number: 1 };
  const parts = [folderOf(stem), before.replace(/[\s_-]+$/, '')].filter((part) => part !== '');
  return { sequence: parts.length === 0 ? 'sequence' : parts.join('/'), number };
}

/** A sequence's name as one folder: what no file system takes is written as %XX, and a long name is cut and told by a hash. */
function folderName(sequence: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const escaped = sequence.replace(/[\u0000-\u001f\u007f%/\\:*?"<>|]|^[. ]|[. ]$/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return `%${code}`;
  });
  if (escaped === '') return '%';
  if (escaped.length <= LONGEST_FOLDER) return escaped;
  return `${escaped.slice(0, LONGEST_FOLDER - 17).replace(/[. ]$/, '')}-${sha256OfText(sequence).slice(0, 16)}`;
}
