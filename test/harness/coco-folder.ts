import fs from 'node:fs';
import path from 'node:path';
import { PICTURE, writePictures } from './label-page';

/** A box of a class on a picture: left, top, width, height in image px. */
export interface LabelledBox {
  readonly picture: number;
  readonly category: string;
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

/** Writes COCO detection JSON by hand, so that no writer under test has made it. Names are those of `writePictures`. */
export function writeCoco(file: string, pictures: number, boxes: readonly LabelledBox[]): void {
  const names = [...new Set(boxes.map((one) => one.category))];
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    JSON.stringify({
      images: Array.from({ length: pictures }, (_, index) => ({
        id: index + 1,
        file_name: `${String(index).padStart(3, '0')}.png`,
        width: PICTURE.width,
        height: PICTURE.height,
      })),
      categories: names.map((name, at) => ({ id: at + 1, name, supercategory: 'thing' })),
      annotations: boxes.map(({ picture, category, box }, at) => ({
        id: at + 1,
        image_id: picture + 1,
        category_id: names.indexOf(category) + 1,
        bbox: box,
        area: box[2] * box[3],
        iscrowd: 0,
        segmentation: [],
      })),
    }),
  );
}

/** A folder of plain pictures with their COCO labels beside them, as people keep them. */
export function writeCocoFolder(folder: string, pictures: number, boxes: readonly LabelledBox[]): void {
  writePictures(folder, pictures);
  writeCoco(path.join(folder, 'annotations', 'instances.json'), pictures, boxes);
}
