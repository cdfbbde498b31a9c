import type { Scene } from '../../../shared/sample/scene';

/**
 * The scenes' boxes as COCO detection JSON. Road boundaries are lines, which COCO boxes cannot hold; the app takes
 * them from the scenes themselves.
 */
export function cocoFromScenes(scenes: readonly Scene[]): string {
  const names = [...new Set(scenes.flatMap((scene) => scene.truth.map((truth) => truth.labelName)))].sort();
  const categoryIds = new Map(names.map((name, index) => [name, index + 1]));
  let nextId = 1;
  return JSON.stringify({
    images: scenes.map((scene, index) => ({
      id: index + 1,
      file_name: scene.key,
      width: scene.size.width,
      height: scene.size.height,
    })),
    categories: names.map((name) => ({ id: categoryIds.get(name), name, supercategory: '' })),
    annotations: scenes.flatMap((scene, index) =>
      scene.truth.flatMap(({ shape, labelName }) =>
        shape.type === 'box'
          ? [
              {
                id: nextId++,
                image_id: index + 1,
                category_id: categoryIds.get(labelName),
                bbox: [shape.x, shape.y, shape.width, shape.height],
                area: shape.width * shape.height,
                iscrowd: 0,
                segmentation: [],
              },
            ]
          : [],
      ),
    ),
  });
}
