import { createHash } from 'node:crypto';

/** Watches the names that are written for what other disks cannot hold or tell apart. */
export interface NameNotes {
  /** Hears each path once, when it is written. */
  add(path: string): void;
  has(path: string): boolean;
  notes(): readonly string[];
}

/** Names that Windows keeps for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are among what Windows refuses
const FORBIDDEN = /[<>:"|?*\u0000-\u001f]/;
const BAD_END = /[. ]$/;

/** Windows' limit for a whole path without long-path support, less room for a folder to put it in. */
const LONGEST_PATH = 200;

const SAMPLES = 3;

export function createNameNotes(): NameNotes {
  const paths = new Set<string>();
  const folded = new Set<string>();
  const clashes: string[] = [];
  const unheld: string[] = [];
  const tooLong: string[] = [];
  return {
    add(path) {
      paths.add(digest(path));
      const key = digest(foldedName(path));
      if (folded.has(key)) clashes.push(path);
      else folded.add(key);
      if (path.split('/').some((part) => DEVICE.test(part) || FORBIDDEN.test(part) || BAD_END.test(part))) {
        unheld.push(path);
      } else if (path.length > LONGEST_PATH) {
        tooLong.push(path);
      }
    },
    has: (path) => paths.has(digest(path)),
    notes: () => [
      ...noteOf(
        clashes,
        'differs from another only in capital letters or in how accents are stored; on Windows and macOS they are one file. Rename one',
        'differ from others only in capital letters or in how accents are stored; on Windows and macOS they are one file. Rename them',
      ),
      ...noteOf(
        unheld,
        'has a name that Windows cannot hold. Rename it before the dataset goes there',
        'have names that Windows cannot hold. Rename them before the dataset goes there',
      ),
      ...noteOf(
        tooLong,
        `has a path of more than ${LONGEST_PATH} characters, which many Windows programs cannot open`,
        `have paths of more than ${LONGEST_PATH} characters, which many Windows programs cannot open`,
      ),
    ],
  };
}

function noteOf(paths: readonly string[], one: string, many: string): readonly string[] {
  const [first] = paths;
  if (first === undefined) return [];
  return paths.length === 1
    ? [`${first} ${one}.`]
    : [
        `${paths.length} files (${paths.slice(0, SAMPLES).join(', ')}${paths.length > SAMPLES ? ', …' : ''}) ${many}.`,
      ];
}

/** As disks that ignore case compare names: NTFS and APFS fold case, APFS also how accents are composed. */
function foldedName(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Millions of paths are remembered; short ones as they are, long ones by a hash. */
function digest(path: string): string {
  return path.length <= 32 ? path : createHash('md5').update(path).digest('base64');
}
