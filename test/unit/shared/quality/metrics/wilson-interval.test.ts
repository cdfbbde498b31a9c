import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../../../shared/quality/metrics/wilson-interval';

test.each([
  // As R's prop.test(x, n, correct = FALSE) and statsmodels' proportion_confint(method='wilson') give them.
  [8, 10, 0.4902, 0.9433],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [50, 100, 0.4038, 0.5962],
])('%d of %d', (part, whole, low, high) => {
  const interval = wilsonInterval(part, whole);
  expect(interval?.low).toBeCloseTo(low, 4);
  expect(interval?.high).toBeCloseTo(high, 4);
});

test('nothing of nothing has no interval', () => {
  expect(wilsonInterval(0, 0)).toBeNull();
});
