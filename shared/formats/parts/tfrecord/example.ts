import { PbfReader, PbfWriter } from 'pbf';

/** A feature of a tf.train.Example: a list of one of three kinds. */
export type Feature =
  | { readonly bytes: readonly Uint8Array[] }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] };

/** An attack may hold millions of features. */
const MOST_FEATURES = 10_000;
const MOST_VALUES = 10_000_000;

const BYTES = 1;
const FLOATS = 2;
const INTS = 3;

interface MutableFeature {
  kind: number;
  bytes: Uint8Array[];
  numbers: number[];
}

/** The features of a serialised tf.train.Example by name, or null when the bytes are none. */
export function exampleFrom(data: Uint8Array): ReadonlyMap<string, Feature> | null {
  const features = new Map<string, Feature>();
  try {
    const reader = new PbfReader(data);
    reader.readFields((tag, _, example) => {
      if (tag !== 1) return;
      message(example, (ofFeatures, entryTag) => {
        if (entryTag !== 1 || features.size >= MOST_FEATURES) return;
        let name = '';
        const feature: MutableFeature = { kind: 0, bytes: [], numbers: [] };
        message(ofFeatures, (entry, field) => {
          if (field === 1) name = entry.readString();
          else if (field === 2) message(entry, (value, kind) => readList(value, kind, feature));
        });
        features.set(name, finished(feature));
      });
    }, null);
  } catch {
    // pbf throws on what is no protocol buffer.
    return null;
  }
  return features;
}

/** Reads a nested message field by field; its length is checked, because pbf reads beyond the end of one that lies. */
function message(reader: PbfReader, onField: (reader: PbfReader, tag: number) => void): void {
  const length = reader.readVarint();
  if (!(length >= 0) || reader.pos + length > reader.length) throw new Error('a message is cut off');
  reader.readFields((tag, _, inner) => onField(inner, tag), null, reader.pos + length);
}

function readList(reader: PbfReader, kind: number, into: MutableFeature): void {
  if (kind !== BYTES && kind !== FLOATS && kind !== INTS) return;
  into.kind = kind;
  message(reader, (list, field) => {
    if (field !== 1 || into.bytes.length + into.numbers.length > MOST_VALUES) return;
    if (kind === BYTES) into.bytes.push(bytesOf(list));
    else if (kind === FLOATS) list.readPackedFloat(into.numbers);
    else list.readPackedVarint(into.numbers, true);
  });
}

function bytesOf(reader: PbfReader): Uint8Array {
  const bytes = reader.readBytes();
  if (reader.pos > reader.length) throw new Error('a list of bytes is cut off');
  return bytes;
}

function finished({ kind, bytes, numbers }: MutableFeature): Feature {
  if (kind === FLOATS) return { floats: numbers };
  return kind === INTS ? { ints: numbers } : { bytes };
}

/** A serialised tf.train.Example; features in code-unit order of names, so that the same ones make the same bytes. */
export function exampleBytes(features: ReadonlyMap<string, Feature>): Uint8Array {
  const writer = new PbfWriter();
  writer.writeMessage(
    1,
    (_, ofFeatures) => {
      for (const name of [...features.keys()].sort()) {
        ofFeatures.writeMessage(
          1,
          (_name, entry) => {
            entry.writeStringField(1, name);
            entry.writeMessage(
              2,
              (feature, value) => writeFeature(feature, value),
              features.get(name) ?? { bytes: [] },
            );
          },
          name,
        );
      }
    },
    null,
  );
  return writer.finish();
}

function writeFeature(feature: Feature, writer: PbfWriter): void {
  if ('bytes' in feature) {
    writer.writeMessage(
      BYTES,
      (values, list) => {
        for (const value of values) list.writeBytesField(1, value);
      },
      feature.bytes,
    );
  } else if ('floats' in feature) {
    writer.writeMessage(FLOATS, (values, list) => list.writePackedFloat(1, [...values]), feature.floats);
  } else {
    writer.writeMessage(INTS, (values, list) => list.writePackedVarint(1, [...values]), feature.ints);
  }
}
