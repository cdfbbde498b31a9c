import type { DatasetFolder } from '../../format';
import type { XmlFault } from './xml-element';
import { type XmlItem, XmlParser } from './xml-parser';

/** Items of a document in the batches that its chunks make; the last batch carries the fault, if there is one. */
export interface XmlBatch {
  readonly items: readonly XmlItem[];
  readonly fault: XmlFault | null;
  /** How much of the text this batch is of. */
  readonly chars: number;
  /** True when a character of this part could not be decoded. */
  readonly hasBadCharacter: boolean;
}

/**
 * A document of any size: memory follows its largest element that is no shell (see `XmlParser`). Never throws but what
 * the folder throws when reading fails midway.
 */
export async function* streamXml(
  folder: DatasetFolder,
  path: string,
  isShell: (name: string, depth: number) => boolean,
): AsyncGenerator<XmlBatch> {
  const parser = new XmlParser(isShell);
  for await (const chunk of folder.streamText(path)) {
    const items = parser.push(chunk);
    yield { items, fault: parser.fault, chars: chunk.length, hasBadCharacter: chunk.includes('\uFFFD') };
    if (parser.fault !== null) return;
  }
  const items = parser.end();
  yield { items, fault: parser.fault, chars: 0, hasBadCharacter: false };
}
