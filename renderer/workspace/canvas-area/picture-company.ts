import type { ImageRecord } from '../../../shared/schema/image';
import type { Editor } from '../../editor/editor';
import type { PictureDamage } from '../../pictures/picture-messages';
import type { PictureSource } from '../../pictures/picture-source';
import type { PictureTiles } from '../../pictures/tile-source';

/** What belongs to the picture on screen beside its pixels: the tiles of a huge one, and what is wrong with it. */
export interface PictureCompany {
  readonly tiles: PictureTiles | null;
  /** Keeps tiles looking as the display settings say. */
  follow(): void;
  close(): void;
}

/**
 * @param say hears in a sentence that the picture is damaged or that its tiles cannot be had; never after `close`.
 */
export function accompanyPicture(
  image: ImageRecord,
  pictures: Pick<PictureSource, 'openTiles' | 'damageOf'>,
  editor: Editor,
  say: (problem: string) => void,
): PictureCompany {
  const tiles = pictures.openTiles(image);
  let isClosed = false;
  const stop = tiles?.subscribe((failure) => {
    if (failure !== null && !isClosed) say(`${failure.message} The labels of this image are here and stay.`);
  });
  void pictures.damageOf(image).then((damage) => {
    if (damage !== null && !isClosed) say(damageText(image, damage));
  });
  const follow = () => tiles?.setAdjustments(editor.session.display.adjustments);
  follow();
  return {
    tiles,
    follow,
    close() {
      isClosed = true;
      stop?.();
      tiles?.close();
    },
  };
}

function damageText({ key }: ImageRecord, { fromRow }: PictureDamage): string {
  const where =
    fromRow === null ? 'It is shown as far as it could be read' : `It could be read up to row ${fromRow}`;
  return (
    `The file ${key} is damaged. ${where}; the rest may be grey or wrong. Its labels are here, stay, and can be edited. ` +
    'Copy the file again from where it came from.'
  );
}
