import { err, ok } from '../../../shared/result/result';
import { serveWorker, type WorkerHandler } from '../../process-host/serve-worker';
import { loadVips } from '../vips';
import { buildPyramid } from './build-pyramid';
import { makeOverview } from './make-overview';
import { readRect } from './read-tiles';
import { noSuchTile, vipsError } from './tile-errors';
import {
  type BuildArgs,
  type Crop,
  type CropArgs,
  type OverviewArgs,
  TILES_BUILD,
  TILES_BUILT,
  TILES_CROP,
  TILES_OVERVIEW,
  type TilesBuilt,
} from './tile-requests';

// The tiles process: reads huge pictures. Apart from the media process, so that neither scanning nor thumbnails wait
// for one, and so that its memory can be given back by ending it.

const handlers: Readonly<Record<string, WorkerHandler>> = {
  [TILES_OVERVIEW]: async (args) => makeOverview(await loadVips(), (args as OverviewArgs).file),

  [TILES_BUILD]: async (args, { signal, emit }) => {
    const request = args as BuildArgs;
    const vips = await loadVips();
    // What libvips keeps of operations is of no use here and holds whole strips.
    vips.Cache.max(0);
    return buildPyramid(vips, request, {
      signal,
      onBuilt: (tiles) => emit(TILES_BUILT, { folder: request.folder, tiles } satisfies TilesBuilt),
    });
  },

  [TILES_CROP]: async (args) => {
    const { folder, size, rect } = args as CropArgs;
    const pixels = await readRect(folder, size, rect);
    if (pixels === null) return err(noSuchTile());
    const vips = await loadVips();
    const image = vips.Image.newFromMemory(pixels, rect.width, rect.height, 3, vips.BandFormat.uchar);
    try {
      const rgb = image.copy({ interpretation: 'srgb' });
      try {
        return ok<Crop>({ png: rgb.writeToBuffer('.png', { compression: 1 }) });
      } finally {
        rgb.delete();
      }
    } catch (thrown) {
      return err(vipsError(thrown));
    } finally {
      image.delete();
    }
  },
};

serveWorker(handlers);
