import { MAX_METADATA_BYTES } from '../limits';
import { type ByteSource, partOf } from './byte-source';
import { readExif } from './exif';
import { BoxReader, type IsoBox, isoBoxes } from './iso-boxes';
import { damaged, facts, type Probe, truncated } from './picture-facts';

/** Most items and properties that are followed; a picture of 1,000 tiles has about 2,000. */
const MAX_ENTRIES = 65_536;

interface Extent {
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads the item boxes. Turning and mirroring (`irot`, `imir`) are part of the format and count as the orientation;
 * the EXIF orientation must be ignored, as the format demands, and only the capture time is taken from there.
 */
export const probeAvif: Probe = (source) => {
  let meta: IsoBox | null = null;
  for (const box of isoBoxes(source, 0, source.size)) {
    if (box.end > source.size) return truncated(`its ${box.type} box is longer than what is left of it`);
    if (box.type === 'meta') meta = box;
  }
  if (meta === null) return truncated('it ends before the description of its picture');
  const children = new Map<string, IsoBox>();
  for (const box of isoBoxes(source, meta.contentAt + 4, meta.end)) children.set(box.type, box);

  const properties = propertiesOfPrimary(source, children);
  const size = properties.find((box) => box.type === 'ispe');
  if (size === undefined) return damaged('its header gives no size');
  const reader = new BoxReader(source, size);
  reader.number(4);
  const width = reader.number(4);
  const height = reader.number(4);

  const extents = itemExtents(source, children.get('iloc'));
  for (const parts of extents.values()) {
    for (const { offset, length } of parts) {
      if (offset + length > source.size) return truncated('its pixels lie behind its end');
    }
  }
  return facts(width, height, {
    orientation: orientationOf(source, properties),
    capturedAt: capturedAt(source, children, extents),
  });
};

/** The property boxes that belong to the picture that is shown. */
function propertiesOfPrimary(source: ByteSource, children: ReadonlyMap<string, IsoBox>): readonly IsoBox[] {
  const primaryBox = children.get('pitm');
  const container = children.get('iprp');
  if (primaryBox === undefined || container === undefined) return [];
  const pitm = new BoxReader(source, primaryBox);
  const idSize = pitm.number(1) === 0 ? 2 : 4;
  pitm.number(3);
  const primary = pitm.number(idSize);
  let all: readonly IsoBox[] = [];
  const indexes: number[] = [];
  for (const box of isoBoxes(source, container.contentAt, container.end)) {
    if (box.type === 'ipco') all = [...isoBoxes(source, box.contentAt, box.end)].slice(0, MAX_ENTRIES);
    else if (box.type === 'ipma') indexes.push(...associations(source, box, primary));
  }
  return indexes.flatMap((index) => all[index - 1] ?? []);
}

/** 1-based property numbers of an item. */
function associations(source: ByteSource, box: IsoBox, item: number): readonly number[] {
  const reader = new BoxReader(source, box);
  const version = reader.number(1);
  const flags = reader.number(3);
  const isWide = (flags & 1) === 1;
  const found: number[] = [];
  const entries = Math.min(reader.number(4), MAX_ENTRIES);
  for (let entry = 0; entry < entries && !reader.isAtEnd; entry++) {
    const id = reader.number(version === 0 ? 2 : 4);
    const count = reader.number(1);
    for (let i = 0; i < count; i++) {
      const index = isWide ? reader.number(2) & 0x7fff : reader.number(1) & 0x7f;
      if (id === item) found.push(index);
    }
  }
  return found;
}

/** Where the bytes of each item lie; items that are stored inside the meta box itself are left out. */
function itemExtents(source: ByteSource, box: IsoBox | undefined): ReadonlyMap<number, readonly Extent[]> {
  const extents = new Map<number, readonly Extent[]>();
  if (box === undefined) return extents;
  const reader = new BoxReader(source, box);
  const version = reader.number(1);
  reader.number(3);
  const sizes = reader.number(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  const items = Math.min(reader.number(version < 2 ? 2 : 4), MAX_ENTRIES);
  for (let item = 0; item < items && !reader.isAtEnd; item++) {
    const id = reader.number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.number(2) & 15;
    reader.number(2);
    const base = reader.number(baseSize);
    const count = reader.number(2);
    const parts: Extent[] = [];
    for (let i = 0; i < count && !reader.isAtEnd; i++) {
      reader.number(indexSize);
      parts.push({ offset: base + reader.number(offsetSize), length: reader.number(lengthSize) });
    }
    if (method === 0) extents.set(id, parts);
  }
  return extents;
}

/** Turns are counted counter-clockwise in quarters; mirroring happens after turning. */
function orientationOf(source: ByteSource, properties: readonly IsoBox[]): number {
  const rotation = properties.find((box) => box.type === 'irot');
  const mirror = properties.find((box) => box.type === 'imir');
  const turns = rotation === undefined ? 0 : new BoxReader(source, rotation).number(1) & 3;
  if (mirror === undefined) return [1, 8, 3, 6][turns] ?? 1;
  const isLeftRight = (new BoxReader(source, mirror).number(1) & 1) === 1;
  return (isLeftRight ? [2, 7, 4, 5] : [4, 5, 2, 7])[turns] ?? 1;
}

function capturedAt(
  source: ByteSource,
  children: ReadonlyMap<string, IsoBox>,
  extents: ReadonlyMap<number, readonly Extent[]>,
): string | null {
  const box = children.get('iinf');
  if (box === undefined) return null;
  const version = source.window(box.contentAt, 1)[0] ?? 0;
  for (const entry of isoBoxes(source, box.contentAt + (version === 0 ? 6 : 8), box.end)) {
    const reader = new BoxReader(source, entry);
    const entryVersion = reader.number(1);
    if (entryVersion < 2) continue;
    reader.number(3);
    const id = reader.number(entryVersion === 2 ? 2 : 4);
    reader.number(2);
    const extent = reader.text(4) === 'Exif' ? extents.get(id)?.[0] : undefined;
    if (extent === undefined) continue;
    const lead = source.window(extent.offset, 4);
    if (lead.length < 4) continue;
    const start = 4 + lead.readUInt32BE(0);
    const length = Math.min(extent.length - start, MAX_METADATA_BYTES);
    return readExif(partOf(source, extent.offset + start, length)).capturedAt;
  }
  return null;
}
