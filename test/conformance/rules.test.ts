import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EditContext } from '../../shared/actions/edit/action';
import { applyChange } from '../../shared/document/change-set';
import { createRandom } from '../../shared/random/random';
import type { ExpectedIssue, ImageExample } from '../../shared/rules/annotations/annotation-rule';
import { evaluateDataset } from '../../shared/rules/annotations/evaluate-dataset';
import { createIssueCache, evaluateRules } from '../../shared/rules/annotations/evaluate-rules';
import type { FindingFacts } from '../../shared/rules/annotations/finding';
import { ANNOTATION_RULES, type RuleId } from '../../shared/rules/index';
import { SEVERITIES } from '../../shared/rules/rule';
import type { ImageId } from '../../shared/schema/ids';
import { okValue } from '../fixtures/ok-value';
import { countingIds } from '../harness/annotations';

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
const RULE_IDS = Object.keys(ANNOTATION_RULES) as RuleId[];

/** What rules are made with; everything else in the folder is a rule. */
const NOT_RULES = [
  'annotation-rule.ts',
  'dataset-input.ts',
  'dataset-table.ts',
  'evaluate-dataset.ts',
  'evaluate-rules.ts',
  'example-data.ts',
  'finding.ts',
  'fixes.ts',
  'hamming-index.ts',
  'label-params.ts',
  'labels-in-use.ts',
  'meeting-shapes.ts',
  'robust-spread.ts',
  'run-fixes.ts',
  'waived.ts',
];

it('the index holds every rule file under its id', () => {
  const files = readdirSync(path.resolve(import.meta.dirname, '../../shared/rules/annotations'));
  const names = files.filter((file) => !NOT_RULES.includes(file)).map((file) => file.replace('.ts', ''));
  expect(RULE_IDS.toSorted()).toEqual(names.sort());
  for (const [id, rule] of Object.entries(ANNOTATION_RULES)) expect(rule.id).toBe(id);
});

/** What a finding is about, written as the examples name it. */
function about(issue: ExpectedIssue, imageIds: readonly ImageId[]): string {
  const images = [...(issue.imageIds ?? imageIds)].sort();
  return JSON.stringify([images, [...issue.annotationIds].sort(), issue.subject]);
}

function aboutFinding(finding: FindingFacts): string {
  const subject = finding.id.slice(finding.id.lastIndexOf(':') + 1);
  return about({ ...finding, subject }, finding.imageIds);
}

const sortedAbout = (findings: readonly FindingFacts[]) => findings.map(aboutFinding).sort();

describe.each(RULE_IDS)('rule %s', (ruleId) => {
  const rule = ANNOTATION_RULES[ruleId];

  it('is described by the schema of its parameters, with defaults that it accepts', () => {
    expect(rule.params.safeParse(rule.defaults)).toMatchObject({ success: true, data: rule.defaults });
    expect(SEVERITIES).toContain(rule.severity);
    expect(rule.title).toMatch(/^[A-Z]/);
    expect(rule.description).toMatch(/\.$/);
    const schema = z.toJSONSchema(rule.params, { io: 'input' });
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(rule.defaults as object));
    for (const field of Object.values(schema.properties ?? {})) {
      expect(field).toMatchObject({ title: expect.any(String), description: expect.stringMatching(/\.$/) });
    }
  });

  if (rule.scope === 'dataset') {
    const of = (input: Parameters<typeof evaluateDataset>[0]) =>
      [...evaluateDataset(input, {})].find((answer) => answer.ruleId === ruleId)?.findings ?? [];

    it('is silent on good data', () =>
      fc.assert(
        fc.property(seeds, (seed) => {
          const example = rule.examples.passing(createRandom(seed));
          expect(example.expected).toEqual([]);
          expect(of(example.input)).toEqual([]);
        }),
      ));

    it('says exactly what is wrong with failing data, under the same id again', () =>
      fc.assert(
        fc.property(seeds, (seed) => {
          const example = rule.examples.failing(createRandom(seed));
          const findings = of(example.input);
          expect(sortedAbout(findings)).toEqual(example.expected.map((one) => about(one, [])).sort());
          expect(findings.length).toBeGreaterThan(0);
          for (const finding of findings) expect(finding.message).not.toBe('');
          const again = of(rule.examples.failing(createRandom(seed)).input);
          expect(again.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
        }),
      ));

    it('is silent when it is switched off, and on an empty project', () => {
      const { input } = rule.examples.failing(createRandom(1));
      expect([...evaluateDataset(input, { [ruleId]: null })].map((answer) => answer.ruleId)).not.toContain(
        ruleId,
      );
    });
    return;
  }

  const of = ({ document, schema, setting }: Omit<ImageExample, 'expected'>) =>
    evaluateRules(document, schema, setting === undefined ? {} : { [ruleId]: setting }).filter(
      (finding) => finding.ruleId === ruleId,
    );

  it('is silent on good data', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const example = rule.examples.passing(createRandom(seed));
        expect(example.expected).toEqual([]);
        expect(of(example)).toEqual([]);
      }),
    ));

  it('says exactly what is wrong with failing data, under the same id in any order', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const example = rule.examples.failing(createRandom(seed));
        const { document } = example;
        const findings = of(example);
        expect(sortedAbout(findings)).toEqual(
          example.expected.map((one) => about(one, [document.imageId])).sort(),
        );
        expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) expect(finding.message).not.toBe('');
        const turned = { ...document, annotations: new Map([...document.annotations].reverse()) };
        const ids = findings.map(({ id }) => id).sort();
        expect(
          of({ ...example, document: turned })
            .map(({ id }) => id)
            .sort(),
        ).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    ));

  it('is mended by each of its fixes', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const example = rule.examples.failing(createRandom(seed));
        const context: EditContext = {
          actor: 'tester',
          at: '2026-02-02T00:00:00.000Z',
          newId: countingIds(9_000),
          schema: example.schema,
        };
        for (const finding of of(example)) {
          expect(new Set(finding.fixes.map(({ id }) => id)).size).toBe(finding.fixes.length);
          for (const fix of finding.fixes) {
            const change = okValue(fix.run(example.document, context));
            const after = of({ ...example, document: applyChange(example.document, change) });
            expect(after.map(({ id }) => id)).not.toContain(finding.id);
          }
        }
      }),
    ));

  it('answers from what it found before as it does anew', () =>
    fc.assert(
      fc.property(seeds, seeds, (seed, otherSeed) => {
        const cache = createIssueCache();
        for (const drawn of [seed, otherSeed, seed]) {
          const { document, schema, setting } = rule.examples.failing(createRandom(drawn));
          const settings = setting === undefined ? {} : { [ruleId]: setting };
          const ids = evaluateRules(document, schema, settings).map(({ id }) => id);
          expect(evaluateRules(document, schema, settings, cache).map(({ id }) => id)).toEqual(ids);
          expect(evaluateRules(document, schema, settings, cache).map(({ id }) => id)).toEqual(ids);
        }
      }),
    ));

  it('goes by a project’s severity, is silent when switched off, and survives settings it cannot read', () => {
    const example = rule.examples.failing(createRandom(1));
    const info = of({ ...example, setting: { ...example.setting, severity: 'info' } });
    expect(new Set(info.map(({ severity }) => severity))).toEqual(new Set(['info']));
    expect(of({ ...example, setting: null })).toEqual([]);
    const nonsense = Object.fromEntries(Object.keys(rule.defaults as object).map((key) => [key, 'nonsense']));
    const byDefault = of({ document: example.document, schema: example.schema });
    expect(of({ ...example, setting: nonsense }).map(({ id }) => id)).toEqual(byDefault.map(({ id }) => id));
  });
});
