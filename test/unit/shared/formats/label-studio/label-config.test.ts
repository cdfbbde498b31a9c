import { describe, expect, it } from 'vitest';
import { colorFromCss } from '../../../../../shared/formats/label-studio/css-color';
import { parseLabelConfig } from '../../../../../shared/formats/label-studio/label-config';
import {
  labelConfigText,
  Questions,
  resultNames,
} from '../../../../../shared/formats/label-studio/label-config-text';

describe('a labelling config', () => {
  it('gives classes, their numbers, colours, shapes and questions; one in every control may have any shape', () => {
    const config = parseLabelConfig(`<?xml version="1.0"?>
<View><Header value="&lt;x&gt;"/>
 <Image name="img" value="$photo"/><Image name="second" valueList="$all"/>
 <View><RectangleLabels name="r" toName="img">
   <Label value=" car " category="7" background="Red"/><Label value="bus" category="2"/><Label value=""/>
 </RectangleLabels></View>
 <PolygonLabels name="p" toName="img"><Label value="car" category="9"/></PolygonLabels>
 <Choices name="colour" toName="img" perRegion="true"><Choice value="r" alias="red"/><Choice value="b"/></Choices>
 <Choices name="hidden" toName="img" perRegion="true"><Choice value="true"/><Choice value="false"/></Choices>
 <Number name="doors" toName="img" perRegion="true"/><TextArea name="why" toName="img"/>
</View>`);
    const attributes = [
      { name: 'colour', kind: 'select', options: ['r', 'b'], defaultValue: null },
      { name: 'hidden', kind: 'checkbox', options: [], defaultValue: null },
      { name: 'doors', kind: 'number', options: [], defaultValue: null },
    ];
    expect([...(config?.labels ?? [])]).toEqual([
      [
        'bus',
        {
          classIndex: 2,
          name: 'bus',
          supercategory: null,
          attributes,
          allowedShapes: ['box', 'rotated-box'],
        },
      ],
      [
        'car',
        {
          ...{ classIndex: 7, name: 'car', supercategory: null, color: '#ff0000', attributes },
        },
      ],
    ]);
    expect([...(config?.imageFields ?? [])]).toEqual([
      ['img', 'photo'],
      ['second', 'all'],
    ]);
    expect(config?.choiceOf('red')).toBe('r');
    expect(config?.controls.get('why')).toEqual({ kind: 'TextArea', isPerRegion: false });
  });

  it.each([
    '',
    'no xml',
    '<annotation/>',
    '<View',
    '<!DOCTYPE v [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><View>&b;</View>',
    '<Viewer><Label value="a"/></Viewer>',
  ])('that is %j is none, or empty', (text) => {
    const config = parseLabelConfig(text);
    expect([...(config?.labels ?? [])]).toEqual([]);
  });

  it('is the same after writing and reading, two classes of one name included', () => {
    const labels = [
      { classIndex: 1, name: 'a "x" <y> & z', supercategory: null, color: '#0a0b0c' },
      { classIndex: 4, name: 'twin', supercategory: null },
      { classIndex: 9, name: 'twin', supercategory: null },
    ];
    expect([...resultNames(labels).values()]).toEqual(['a "x" <y> & z', 'twin', 'twin (9)']);
    const text = labelConfigText(labels, new Set(['box', 'tag']), new Questions(labels));
    const config = parseLabelConfig(text);
    expect([...(config?.labels ?? [])].map(([name, label]) => [name, label])).toEqual([
      ['a "x" <y> & z', labels[0]],
      ['twin', labels[1]],
      ['twin (9)', labels[2]],
    ]);
  });

  it('keeps the shapes that labels may have, and labels whose shapes Label Studio does not know', () => {
    const labels = [
      { classIndex: 0, name: 'box', supercategory: null, allowedShapes: ['box', 'rotated-box'] as const },
      { classIndex: 1, name: 'area', supercategory: null, allowedShapes: ['polygon', 'mask'] as const },
      { classIndex: 2, name: 'hand', supercategory: null, allowedShapes: ['skeleton'] as const },
    ];
    const config = parseLabelConfig(labelConfigText(labels, new Set(), new Questions(labels)));
    expect(
      [...(config?.labels.values() ?? [])].map(({ name, allowedShapes }) => [name, allowedShapes]),
    ).toEqual([
      ['box', ['box', 'rotated-box']],
      ['area', ['polygon', 'mask']],
      ['hand', undefined],
    ]);
  });
});

describe('a colour of CSS', () => {
  it.each([
    ['red', '#ff0000'],
    [' Blue ', '#0000ff'],
    ['#AbC', '#aabbcc'],
    ['#A1b2C3', '#a1b2c3'],
    ['#a1b2c380', '#a1b2c3'],
    ['rgba(1,2,3,0.5)', null],
    ['constructor', null],
    ['', null],
  ])('%j is %s', (text, color) => expect(colorFromCss(text)).toBe(color));
});
