import type { Size } from '../../../geometry/rect';
import { keyFromFileName } from '../dataset-key';
import { decimalFrom, wholeFrom } from '../decimal';
import { sizeFrom } from '../records/image-record';

/** What MOTChallenge's `seqinfo.ini` says of a sequence; what it does not say is null. */
export interface Seqinfo {
  readonly name: string | null;
  readonly pictures: string;
  readonly framesPerSecond: number | null;
  readonly frameCount: number | null;
  readonly size: Size | null;
  /** With its dot. */
  readonly extension: string;
  /** Which number the first pixel has; a line of ours. */
  readonly firstPixel: 0 | 1 | null;
}

const PICTURES = 'img1';
const EXTENSION = '.jpg';

/** Ten hours of 25 frames a second. */
const MOST_FRAMES = 900_000;

export const NO_SEQINFO: Seqinfo = {
  name: null,
  pictures: PICTURES,
  framesPerSecond: null,
  frameCount: null,
  size: null,
  extension: EXTENSION,
  firstPixel: null,
};

/** Reads `key=value` lines, whatever the section; what makes no sense counts as not said. */
export function parseSeqinfo(text: string): Seqinfo {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, 1000)) {
    const at = line.indexOf('=');
    if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  const number = (key: string) => decimalFrom(values.get(key) ?? '');
  const framesPerSecond = number('framerate');
  const frameCount = wholeFrom(values.get('seqlength') ?? '');
  const extension = values.get('imext') ?? '';
  const firstPixel = number('bborigin');
  return {
    name: values.get('name') || null,
    pictures: keyFromFileName(values.get('imdir') ?? '')?.key ?? PICTURES,
    framesPerSecond: framesPerSecond !== null && framesPerSecond > 0 ? framesPerSecond : null,
    frameCount: frameCount !== null && frameCount >= 0 && frameCount <= MOST_FRAMES ? frameCount : null,
    size: sizeFrom(number('imwidth'), number('imheight')),
    extension: /^\.[a-z0-9]{1,5}$/i.test(extension) ? extension : EXTENSION,
    firstPixel: firstPixel === 0 || firstPixel === 1 ? firstPixel : null,
  };
}

/** The file's text; lines of what is null are left out. */
export function seqinfoText(info: Seqinfo): string {
  const lines: (readonly [string, string | number | null])[] = [
    ['name', info.name?.replace(/[\r\n]+/g, ' ') ?? null],
    ['imDir', info.pictures],
    ['frameRate', info.framesPerSecond],
    ['seqLength', info.frameCount],
    ['imWidth', info.size?.width ?? null],
    ['imHeight', info.size?.height ?? null],
    ['imExt', info.extension],
    ['bbOrigin', info.firstPixel],
  ];
  const said = lines.filter(([, value]) => value !== null).map(([key, value]) => `${key}=${value}\n`);
  return `[Sequence]\n${said.join('')}`;
}
