import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedAttribute, escapedText, isXmlText } from '../../../../../shared/formats/parts/xml/escape-xml';
import { parsePlainXml } from '../../../../../shared/formats/parts/xml/parse-plain-xml';
import { parseXml } from '../../../../../shared/formats/parts/xml/parse-xml';
import { decimalOf, type XmlElement } from '../../../../../shared/formats/parts/xml/xml-element';
import { type XmlItem, XmlParser } from '../../../../../shared/formats/parts/xml/xml-parser';

/** An element as [name, attributes, text or children]. */
function inShort({ name, attributes, children, text }: XmlElement): unknown {
  return [name, Object.fromEntries(attributes), children.length > 0 ? children.map(inShort) : text];
}

function fullParse(text: string, step = text.length): { items: XmlItem[]; fault: unknown } {
  const parser = new XmlParser((_, depth) => depth === 0);
  const items: XmlItem[] = [];
  for (let at = 0; at < text.length; at += step) items.push(...parser.push(text.slice(at, at + step)));
  items.push(...parser.end());
  return { items, fault: parser.fault };
}

describe('an XML document', () => {
  it('is a tree of names, attributes and texts', () => {
    const { root, fault } = parseXml(
      '\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<a k="1 &amp; 2">\r\n  <b>x &lt;y&gt; &#x41;&#66;</b>\r\n  <c/>\r\n</a>\r\n',
    );
    expect(fault).toBeNull();
    expect(root === null ? null : inShort(root)).toEqual([
      'a',
      { k: '1 & 2' },
      [
        ['b', {}, 'x <y> AB'],
        ['c', {}, ''],
      ],
    ]);
    expect(root?.children.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('may have comments, CDATA and a document type without declarations', () => {
    const { root, fault } = parseXml(
      '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><!-- <x> --><a><![CDATA[1 < 2]]></a>',
    );
    expect(fault).toBeNull();
    expect(root === null ? null : inShort(root)).toEqual(['a', {}, '1 < 2']);
  });

  it.each([
    [
      'an entity bomb',
      '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>\n<a>&c;</a>',
      { code: 'xml-entities', line: 1 },
    ],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      { code: 'xml-entities', line: 1 },
    ],
    ['a parameter entity', '<!DOCTYPE a [%remote;]><a/>', { code: 'xml-entities', line: 1 }],
    ['an entity that nothing declares', '<a>\n<b>&nbsp;</b></a>', { code: 'xml-malformed', line: 2 }],
    ['a tag that is not closed', '<a>\n<b>1</b>\n<c>', { code: 'xml-truncated', line: 3 }],
    ['a cut inside a tag', '<a>\n<b', { code: 'xml-truncated', line: 2 }],
    ['a wrong end tag', '<a><b></a></b>', { code: 'xml-malformed', line: 1 }],
    ['an attribute twice', '<a k="1" k="2"/>', { code: 'xml-malformed', line: 1 }],
    ['text after the end', '<a/>x', { code: 'xml-malformed', line: 1 }],
    ['a control character', '<a>\u0001</a>', { code: 'xml-malformed', line: 1 }],
    ['nothing', '', { code: 'xml-truncated', line: 1 }],
    ['no XML', 'hello', { code: 'xml-malformed', line: 1 }],
    ['nesting without end', '<a>'.repeat(100_000), { code: 'xml-too-deep', line: 1 }],
    [
      'more attributes than an element has',
      `<a ${Array.from({ length: 300 }, (_, n) => `k${n}="1"`).join(' ')}/>`,
      { code: 'xml-too-large', line: 1 },
    ],
  ])('with %s is refused with its place', (_, text, expected) => {
    expect(parseXml(text).fault).toMatchObject(expected);
  });

  it('gives what was complete before a fault', () => {
    const { root } = parseXml('<a>\n<b>1</b><c><d>2</d></c><e><f>3</f>');
    expect(root === null ? null : inShort(root)).toEqual([
      'a',
      {},
      [
        ['b', {}, '1'],
        ['c', {}, [['d', {}, '2']]],
      ],
    ]);
  });

  it('makes no record of names from the prototype', () => {
    const { root } = parseXml('<a __proto__="1" constructor="2"><__proto__>3</__proto__></a>');
    expect([...(root?.attributes ?? [])]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(root?.children[0]?.name).toBe('__proto__');
  });
});

const name = fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,5}$/);
const value = fc.string({ unit: 'binary', maxLength: 12 }).filter(isXmlText);
const element: fc.Arbitrary<string> = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      name,
      attributes: fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 3 }),
      inside: fc.oneof(
        { depthSize: 'small' },
        value.map(escapedText),
        fc.array(tie('element'), { maxLength: 3 }),
      ),
    })
    .map(({ name: tag, attributes, inside }) => {
      const given = attributes.map(([key, text]) => ` ${key}="${escapedAttribute(text)}"`).join('');
      return `<${tag}${given}>${typeof inside === 'string' ? inside : inside.join('\n  ')}</${tag}>`;
    }),
})).element;

describe('the fast way and the full parser', () => {
  it('agree on every document that the fast way takes', () =>
    fc.assert(
      fc.property(element, (text) => {
        const plain = parsePlainXml(text);
        if (plain === null) return;
        const { items, fault } = fullParse(text);
        expect(fault).toBeNull();
        const children = items.flatMap((item) => (item.type === 'element' ? [inShort(item.element)] : []));
        const root = items[0]?.type === 'open' ? items[0] : null;
        expect([plain.name, Object.fromEntries(plain.attributes)]).toEqual([
          root?.name,
          Object.fromEntries(root?.attributes ?? []),
        ]);
        expect(plain.children.map(inShort)).toEqual(children);
      }),
      { numRuns: 500 },
    ));

  it('agree on damaged documents: what the fast way takes has no fault', () =>
    fc.assert(
      fc.property(
        element,
        fc.nat(),
        fc.constantFrom('<', '>', '/', '"', '&', '&#0;', ' ', '='),
        (text, at, what) => {
          const place = at % (text.length + 1);
          const damaged = `${text.slice(0, place)}${what}${text.slice(place)}`;
          if (parsePlainXml(damaged) !== null) expect(fullParse(damaged).fault).toBeNull();
        },
      ),
      { numRuns: 1000 },
    ));

  it('give the same wherever the text is cut', () =>
    fc.assert(
      fc.property(element, fc.integer({ min: 1, max: 20 }), (text, step) => {
        const shown = ({ items, fault }: ReturnType<typeof fullParse>) => [
          items.map((item) => (item.type === 'element' ? inShort(item.element) : [item.type, item.name])),
          fault,
        ];
        expect(shown(fullParse(text, step))).toEqual(shown(fullParse(text)));
      }),
      { numRuns: 300 },
    ));
});

describe('written texts', () => {
  it('come back as they were, white space at their ends and U+FFFD too', () =>
    fc.assert(
      fc.property(value, value, (text, attribute) => {
        const { root, fault } = parseXml(`<a k="${escapedAttribute(attribute)}">${escapedText(text)}</a>`);
        expect([fault, root?.text, root?.attributes.get('k')]).toEqual([null, text, attribute]);
        expect(escapedText(text)).not.toContain('\uFFFD');
      }),
      { numRuns: 500 },
    ));
});

describe('a number', () => {
  it.each([
    [' 1.50 ', 1.5],
    ['-3', -3],
    ['.5', 0.5],
    ['1e3', 1000],
    ['NaN', null],
    ['Infinity', null],
    ['1e999', null],
    ['0x10', null],
    ['1,5', null],
    ['', null],
    ['9'.repeat(50), null],
  ])('%j is %j', (text, expected) => {
    expect(decimalOf(text)).toBe(expected);
  });
});
