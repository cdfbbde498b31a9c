import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditContext } from '../../shared/actions/edit/action';
import { applyChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { evaluateRules } from '../../shared/rules/evaluate-rules';
import { RULES, type RuleId } from '../../shared/rules/index';
import { type Annotation, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { AttributeId, ImageId, LabelId } from '../../shared/schema/ids';
import type { AttributeDefinition, LabelSchema } from '../../shared/schema/label-schema';
import { okValue } from '../fixtures/ok-value';
import { annotation, boxAt, countingIds, testId } from '../harness/annotations';
import { CAR, CURB, OLD, PERSON, STREET_SCHEMA } from '../harness/label-schema';

const SIZE = { width: 200, height: 100 };
const WEATHER = '00000000-0000-4000-8000-0000000000b1' as AttributeId;
const SPEED = '00000000-0000-4000-8000-0000000000b2' as AttributeId;
const NOTE = '00000000-0000-4000-8000-0000000000b3' as AttributeId;
const PARKED = '00000000-0000-4000-8000-0000000000b4' as AttributeId;

const base = { isRequired: false, description: '' };
const ATTRIBUTES: AttributeDefinition[] = [
  {
    ...base,
    id: WEATHER,
    name: 'weather',
    kind: 'select',
    options: ['sun', 'rain'],
    defaultValue: 'sun',
    isRequired: true,
  },
  { ...base, id: SPEED, name: 'speed', kind: 'number', min: 0, max: 130, defaultValue: null },
  { ...base, id: NOTE, name: 'note', kind: 'text', maxLength: 5, defaultValue: null },
  { ...base, id: PARKED, name: 'parked', kind: 'checkbox', defaultValue: null },
];
const SCHEMA: LabelSchema = {
  ...STREET_SCHEMA,
  labels: STREET_SCHEMA.labels.map((label) =>
    label.id === CAR.id ? { ...label, attributes: ATTRIBUTES } : label,
  ),
};
const CONTEXT: EditContext = {
  actor: 'tester',
  at: '2026-02-02T00:00:00.000Z',
  newId: countingIds(9_000),
  schema: SCHEMA,
};

function documentOf(annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(1) as ImageId,
    size: SIZE,
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: UNLABELLED_STATUS,
  };
}

const good = { attributes: { [WEATHER]: 'rain' } };
const insideBox = fc
  .tuple(
    fc.integer({ min: 0, max: 150 }),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 3, max: 50 }),
    fc.integer({ min: 3, max: 50 }),
  )
  .map(([x, y, width, height]) => boxAt(x, y, width, height));
const outsideBox = fc
  .tuple(
    fc.integer({ min: 190, max: 400 }),
    fc.integer({ min: -60, max: 160 }),
    fc.integer({ min: 11, max: 80 }),
    fc.integer({ min: 5, max: 80 }),
  )
  .map(([x, y, width, height]) => boxAt(x, y, width, height));
const tinyBox = fc
  .tuple(fc.double({ min: 0.01, max: 1.99, noNaN: true }), fc.double({ min: 0.01, max: 30, noNaN: true }))
  .map(([width, height]) => boxAt(10, 10, width, height));

/** For each rule, documents in which it must speak. */
const FAILING: Readonly<Record<RuleId, fc.Arbitrary<ImageDocument>>> = {
  'box-outside-image': outsideBox.map((shape) => documentOf([annotation(1, shape, good)])),
  'shape-too-small': tinyBox.map((shape) => documentOf([annotation(1, shape, good)])),
  'duplicate-annotation': fc
    .tuple(insideBox, fc.boolean())
    .map(([shape, isFirst]) =>
      documentOf([
        annotation(isFirst ? 1 : 3, shape, good),
        annotation(2, boxAt(60, 60, 7, 31), { labelId: PERSON.id }),
        annotation(isFirst ? 3 : 1, shape, good),
      ]),
    ),
  'unknown-or-retired-label': fc
    .constantFrom(OLD.id, testId(77) as LabelId)
    .map((labelId) => documentOf([annotation(1, boxAt(1, 1, 20, 20), { labelId })])),
  'missing-required-attribute': fc
    .constantFrom<Annotation['attributes']>({}, { [WEATHER]: '' }, { [SPEED]: 3 })
    .map((attributes) => documentOf([annotation(1, boxAt(1, 1, 20, 20), { attributes })])),
  'attribute-out-of-range': fc
    .constantFrom<Annotation['attributes']>(
      { [WEATHER]: 'snow' },
      { ...good.attributes, [SPEED]: 131 },
      { ...good.attributes, [SPEED]: -0.5 },
      { ...good.attributes, [SPEED]: 'fast' },
      { ...good.attributes, [NOTE]: 'too long' },
      { ...good.attributes, [PARKED]: 'yes' },
    )
    .map((attributes) => documentOf([annotation(1, boxAt(1, 1, 20, 20), { attributes })])),
};

it('the index holds every rule file under its id', () => {
  const files = readdirSync(path.resolve(import.meta.dirname, '../../shared/rules'));
  const notRules = new Set(['index.ts', 'rule.ts', 'fixes.ts', 'evaluate-rules.ts']);
  const names = files.filter((file) => !notRules.has(file)).map((file) => file.replace('.ts', ''));
  expect(Object.keys(RULES).sort()).toEqual(names.sort());
  for (const [id, rule] of Object.entries(RULES)) expect(rule.id).toBe(id);
});

describe.each(Object.keys(RULES) as RuleId[])('rule %s', (ruleId) => {
  const of = (document: ImageDocument) =>
    evaluateRules(document, SCHEMA).filter((finding) => finding.ruleId === ruleId);

  it('is silent on good data', () =>
    fc.assert(
      fc.property(insideBox, fc.constantFrom('sun', 'rain'), (shape, weather) => {
        const document = documentOf([
          annotation(1, shape, {
            attributes: { [WEATHER]: weather, [SPEED]: 130, [NOTE]: 'ok', [PARKED]: false },
          }),
          annotation(2, shape, { labelId: PERSON.id }),
          annotation(
            3,
            {
              type: 'polyline',
              points: [
                { x: 0, y: 0 },
                { x: 200, y: 0 },
              ],
            },
            { labelId: CURB.id },
          ),
        ]);
        expect(of(document)).toEqual([]);
      }),
    ));

  it('speaks on failing data, names what it is about, and says it under the same id again', () =>
    fc.assert(
      fc.property(FAILING[ruleId], (document) => {
        const findings = of(document);
        expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) {
          expect(finding.message).not.toBe('');
          expect(finding.annotationIds.length).toBeGreaterThan(0);
          for (const id of finding.annotationIds) expect(document.annotations.has(id)).toBe(true);
        }
        const turned = { ...document, annotations: new Map([...document.annotations].reverse()) };
        expect(
          of(turned)
            .map((finding) => finding.id)
            .sort(),
        ).toEqual(findings.map((finding) => finding.id).sort());
        expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length);
      }),
    ));

  it('is mended by each of its fixes', () =>
    fc.assert(
      fc.property(FAILING[ruleId], (document) => {
        for (const finding of of(document)) {
          for (const fix of finding.fixes) {
            const change = okValue(fix.run(document, CONTEXT));
            const after = of(applyChange(document, change)).map((left) => left.id);
            expect(after).not.toContain(finding.id);
          }
        }
      }),
    ));

  it('has defaults that its own schema accepts and survives settings that it does not', () => {
    const rule = RULES[ruleId];
    expect(rule.params.safeParse(rule.defaults).success).toBe(true);
    const document = documentOf([annotation(1, boxAt(1, 1, 20, 20), good)]);
    expect(
      rule.evaluate(
        { document, schema: SCHEMA },
        { minIoU: 'x', minSideInImagePx: -1, slackInImagePx: null },
      ),
    ).toEqual([]);
  });
});

describe('findings', () => {
  it('come errors first, and not at all from a rule that is switched off', () => {
    const document = documentOf([
      annotation(1, boxAt(10, 10, 1, 1), good),
      annotation(2, boxAt(190, 10, 50, 50), good),
    ]);
    expect(evaluateRules(document, SCHEMA).map((finding) => finding.ruleId)).toEqual([
      'box-outside-image',
      'shape-too-small',
    ]);
    expect(
      evaluateRules(document, SCHEMA, { 'box-outside-image': null }).map((finding) => finding.ruleId),
    ).toEqual(['shape-too-small']);
    expect(
      evaluateRules(document, SCHEMA, { 'shape-too-small': { minSideInImagePx: 0.5 } }).map(
        (finding) => finding.ruleId,
      ),
    ).toEqual(['box-outside-image']);
  });

  it('duplicates need the same label and all but the same place', () => {
    const pair = (other: Partial<Annotation>, shape = boxAt(10, 10, 100, 50)) =>
      evaluateRules(
        documentOf([
          annotation(1, boxAt(10, 10, 100, 50), good),
          annotation(2, shape, { ...good, ...other }),
        ]),
        SCHEMA,
      );
    expect(pair({}).map((finding) => finding.id)).toEqual([
      `duplicate-annotation:${testId(1)}:${testId(1)}+${testId(2)}:`,
    ]);
    expect(pair({ labelId: PERSON.id })).toEqual([]);
    // 100 x 50 against 100 x 47: IoU 0.94.
    expect(pair({}, boxAt(10, 10, 100, 47))).toEqual([]);
    // 100 x 50 against 100 x 48: IoU 0.96.
    expect(pair({}, boxAt(10, 10, 100, 48)).length).toBe(1);
  });
});
