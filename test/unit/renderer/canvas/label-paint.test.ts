import { expect, it } from 'vitest';
import { paintsOf } from '../../../../renderer/canvas/label-paint';
import { CAR, PERSON, SIGN, STREET_SCHEMA } from '../../../harness/label-schema';

it('gives text that is read on the label: dark on light colours, light on dark ones', () => {
  const schema = {
    ...STREET_SCHEMA,
    labels: [
      { ...CAR, color: '#ffff00' },
      { ...PERSON, color: '#00008b' },
    ],
  };
  const paints = paintsOf(schema);
  expect(paints.get(CAR.id)?.text).toBe('#0d0f12');
  expect(paints.get(PERSON.id)?.text).toBe('#ffffff');
});

it('paints merged labels as what they were merged into, and survives a ring of merges', () => {
  const merged = { ...PERSON, mergedIntoId: SIGN.id };
  const paints = paintsOf({ ...STREET_SCHEMA, labels: [CAR, merged, SIGN] });
  expect(paints.get(PERSON.id)).toMatchObject({ name: 'Traffic sign', stroke: SIGN.color });
  const ring = {
    ...STREET_SCHEMA,
    labels: [
      { ...CAR, mergedIntoId: SIGN.id },
      { ...SIGN, mergedIntoId: CAR.id },
    ],
  };
  expect(paintsOf(ring).size).toBe(2);
});
