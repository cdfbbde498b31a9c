import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256OfRecord } from '../../../shared/document/hash';
import { createScene, SCENE_COUNT, type Scene } from '../../../shared/sample/scene';
import { renderScene } from './render-scene';
import { cocoFromScenes } from './scene-truth';

/** What a drawn sample folder holds: `images/<conditions>/<number>.jpg` and its truth as COCO and as scenes. */
export interface SampleFolder {
  readonly imagesDir: string;
  /** COCO detection JSON of the boxes, image keys relative to `imagesDir`. */
  readonly labelsFile: string;
  readonly scenes: readonly Scene[];
}

/**
 * Draws the sample project's pictures below `folder`, unless they are there already. The folder appears whole or not at
 * all (temporary folder + rename), and is drawn anew when the scenes' descriptions changed with a new version.
 *
 * @param onProgress called with the number of pictures done.
 */
export async function createSample(
  folder: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<SampleFolder> {
  const scenes = Array.from({ length: SCENE_COUNT }, (_, index) => createScene(index));
  const stamp = sha256OfRecord(scenes);
  const result: SampleFolder = {
    imagesDir: path.join(folder, 'images'),
    labelsFile: path.join(folder, 'annotations', 'instances.json'),
    scenes,
  };
  if ((await readStamp(folder)) === stamp) return result;

  await mkdir(path.dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-drawing-`);
  try {
    let done = 0;
    for (const scene of scenes) {
      const file = path.join(work, 'images', scene.key);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, await renderScene(scene.svg));
      done += 1;
      onProgress(done, scenes.length);
    }
    await mkdir(path.join(work, 'annotations'), { recursive: true });
    await writeFile(path.join(work, 'annotations', 'instances.json'), cocoFromScenes(scenes));
    await writeFile(path.join(work, STAMP), stamp);
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return result;
}

const STAMP = '.drawn-from';

async function readStamp(folder: string): Promise<string | null> {
  return readFile(path.join(folder, STAMP), 'utf8').catch(() => null);
}
