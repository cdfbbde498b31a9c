import { probeAvif } from './avif';
import { probeBmp } from './bmp';
import { probeGif } from './gif';
import { probeJpeg } from './jpeg';
import type { ProbeTable } from './picture-facts';
import { probePng } from './png';
import { probeTiff } from './tiff';
import { probeWebp } from './webp';

/** One probe a picture format; a new format is one file here and one line in `IMAGE_FORMATS`. */
export const PROBES: ProbeTable = {
  jpeg: probeJpeg,
  png: probePng,
  webp: probeWebp,
  bmp: probeBmp,
  gif: probeGif,
  tiff: probeTiff,
  avif: probeAvif,
};
