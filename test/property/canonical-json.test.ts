import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../shared/document/canonical-json';

it('says the same value whatever the order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(record));
    }),
  );
});

it('is JSON that means what JSON.stringify means', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('tells different values apart', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      let isEqual = true;
      try {
        expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      } catch {
        isEqual = false;
      }
      expect(canonicalJson(a) === canonicalJson(b)).toBe(isEqual);
    }),
  );
});

it('orders keys by code unit and leaves undefined out', () => {
  // Written down by hand, after the sorting rule of RFC 8785.
  expect(canonicalJson({ b: 1, a: undefined, é: [undefined, { z: null, A: 'x' }], aa: -0 })).toBe(
    '{"aa":0,"b":1,"é":[null,{"A":"x","z":null}]}',
  );
});
