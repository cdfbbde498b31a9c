import type { PictureAdjustments } from '../../editor/display-settings';
import type { Editor } from '../../editor/editor';
import { isAdjusting } from '../../pictures/adjust-pixels';
import { deepUrl, type PictureRef } from '../../pictures/asset-url';
import type { PixelSource } from '../../pictures/pixel-source';

/** Shows a picture as the display settings say, and gives its pixels to the tools. */
export interface AdjustedPicture {
  /** To be told whenever the session changed. */
  follow(): void;
  /** Frees what it made; what it showed must not be drawn after. */
  close(): void;
}

/**
 * @param original as it was decoded; never changed or closed here.
 * @param show draws a bitmap in the place of the one before; null shows nothing yet.
 */
export function showAdjusted(
  image: PictureRef,
  original: ImageBitmap,
  editor: Editor,
  pixels: PixelSource,
  show: (bitmap: ImageBitmap | null) => void,
): AdjustedPicture {
  let wanted: PictureAdjustments | null = null;
  let made: ImageBitmap | null = null;
  let isWorking = false;
  let isClosed = false;

  function replace(bitmap: ImageBitmap | null): void {
    const before = made;
    made = bitmap;
    show(bitmap ?? original);
    before?.close();
  }

  /** One at a time; what is wanted meanwhile is done next, and only the last of it. */
  async function work(): Promise<void> {
    isWorking = true;
    for (let asked = wanted; asked !== null && !isClosed; asked = wanted === asked ? null : wanted) {
      if (!changesPicture(asked, image)) {
        replace(null);
        continue;
      }
      const adjusted = await pixels.adjust(asked);
      if (isClosed) {
        if (adjusted.ok) adjusted.value.close();
        return;
      }
      if (adjusted.ok) replace(adjusted.value);
      else if (adjusted.error.code !== 'job.cancelled') {
        replace(null);
        editor.setHint(`The picture is shown as it is: ${adjusted.error.message}`);
      }
    }
    isWorking = false;
  }

  function follow(): void {
    const { adjustments } = editor.session.display;
    if (adjustments === wanted || isClosed) return;
    wanted = adjustments;
    if (!isWorking) void work();
  }

  pixels.show(image);
  editor.setPixels(pixels);
  // A flash of the picture as it is would blind whoever works on it darkened.
  show(changesPicture(editor.session.display.adjustments, image) ? null : original);
  follow();
  return {
    follow,
    close() {
      isClosed = true;
      made?.close();
      editor.setPixels(null);
      pixels.show(null);
    },
  };
}

/** A window of sample values means something for pictures with 16 bits only. */
function changesPicture(adjustments: PictureAdjustments, image: PictureRef): boolean {
  return isAdjusting(adjustments) || (adjustments.window !== null && deepUrl(image) !== null);
}
