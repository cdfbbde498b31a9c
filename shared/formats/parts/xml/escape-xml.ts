/** What XML 1.0 cannot hold in any form: control characters, half surrogates, U+FFFE and U+FFFF. */
const UNUSABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export function isXmlText(text: string): boolean {
  return !UNUSABLE.test(text);
}

// U+FFFD is written as a reference: as a character it is what readers see where bytes were no UTF-8.
const IN_TEXT = /[&<>\r\uFFFD]/g;
const IN_ATTRIBUTE = /[&<>"\t\n\r\uFFFD]/g;

/** A text between tags; it must hold nothing that `isXmlText` refuses. */
export function escapedText(text: string): string {
  return text.replace(IN_TEXT, escaped);
}

/** A value between double quotes, in which white space is kept by references: parsers make blanks of it. */
export function escapedAttribute(value: string): string {
  return value.replace(IN_ATTRIBUTE, escaped);
}

function escaped(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return `&#${character.charCodeAt(0)};`;
  }
}
