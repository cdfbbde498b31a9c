import { expect, it } from 'vitest';
import { createPalette, distinctColour } from '../../../../renderer/canvas/palette';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { LabelId } from '../../../../shared/schema/ids';
import { annotation, boxAt } from '../../../harness/annotations';
import { CAR, PERSON, SIGN, STREET_SCHEMA } from '../../../harness/label-schema';

const UNKNOWN = '#a3aab3';
const byLabel = { colourBy: 'label', fillOpacity: 0.09 } as const;
const car = (n: number, fields: Partial<Annotation> = {}) => annotation(n, boxAt(0, 0, 9, 9), fields);

it('gives text that is read on the label: dark on light colours, light on dark ones', () => {
  const schema = {
    ...STREET_SCHEMA,
    labels: [
      { ...CAR, color: '#ffff00' },
      { ...PERSON, color: '#00008b' },
    ],
  };
  const palette = createPalette(schema, byLabel, UNKNOWN);
  expect(palette.inkOfLabel(CAR.id).text).toBe('#0d0f12');
  expect(palette.inkOfLabel(PERSON.id).text).toBe('#ffffff');
});

it('paints merged labels as what they were merged into, and survives a ring of merges', () => {
  const merged = { ...PERSON, mergedIntoId: SIGN.id };
  const palette = createPalette({ ...STREET_SCHEMA, labels: [CAR, merged, SIGN] }, byLabel, UNKNOWN);
  expect(palette.nameOf(PERSON.id)).toBe('Traffic sign');
  expect(palette.inkOfLabel(PERSON.id).stroke).toBe(SIGN.color);
  const ring = {
    ...STREET_SCHEMA,
    labels: [
      { ...CAR, mergedIntoId: SIGN.id },
      { ...SIGN, mergedIntoId: CAR.id },
    ],
  };
  expect(['Car', 'Traffic sign']).toContain(createPalette(ring, byLabel, UNKNOWN).nameOf(CAR.id));
});

it('says so when a label is not known, and paints it in a colour of its own', () => {
  const palette = createPalette(STREET_SCHEMA, byLabel, UNKNOWN);
  const missing = 'ffffffff-0000-4000-8000-000000000000' as LabelId;
  expect(palette.nameOf(missing)).toBe('Unknown label');
  expect(palette.inkOfLabel(missing).stroke).toBe(UNKNOWN);
  expect(palette.inkOfLabel(null).stroke).toBe(UNKNOWN);
});

it('fills as densely as the person asks, and what stands out a little more', () => {
  const palette = createPalette(STREET_SCHEMA, { colourBy: 'label', fillOpacity: 0.5 }, UNKNOWN);
  expect(palette.inkOfLabel(CAR.id).rest.css).toBe('rgb(78 154 241 / 0.5)');
  expect(palette.inkOfLabel(CAR.id).strong.css).toBe('rgb(78 154 241 / 0.61)');
  const full = createPalette(STREET_SCHEMA, { colourBy: 'label', fillOpacity: 1 }, UNKNOWN);
  expect(full.inkOfLabel(CAR.id).strong.opacity).toBe(1);
});

it('tells objects of one label apart, the same way in every run', () => {
  const palette = createPalette(STREET_SCHEMA, { colourBy: 'object', fillOpacity: 0.1 }, UNKNOWN);
  const colours = Array.from({ length: 100 }, (_, n) => palette.inkOf(car(n)).stroke);
  expect(new Set(colours).size).toBeGreaterThan(15);
  expect(palette.inkOf(car(7)).stroke).toBe(distinctColour(car(7).id));
});

it('tells people apart', () => {
  const palette = createPalette(STREET_SCHEMA, { colourBy: 'person', fillOpacity: 0.1 }, UNKNOWN);
  const ink = (createdBy: string) => palette.inkOf(car(1, { createdBy })).stroke;
  expect(ink('ann')).toBe(ink('ann'));
  expect(ink('ann')).not.toBe(ink('bob'));
});

it('shows where an object is from, and before that whether it is locked', () => {
  const palette = createPalette(STREET_SCHEMA, { colourBy: 'state', fillOpacity: 0.1 }, UNKNOWN);
  const inks = [
    palette.inkOf(car(1)),
    palette.inkOf(car(2, { origin: 'import' })),
    palette.inkOf(car(3, { origin: 'model' })),
    palette.inkOf(car(4, { origin: 'model', isLocked: true })),
    palette.inkOf(car(5, { origin: 'person', isLocked: true })),
  ].map((ink) => ink.stroke);
  expect(new Set(inks).size).toBe(4);
  expect(inks[3]).toBe(inks[4]);
});
