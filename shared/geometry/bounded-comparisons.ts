import BigNumber from 'bignumber.js';

/** Thrown out of the work when it has used up what it was given. */
export class TooManyComparisons extends Error {
  constructor(most: number) {
    super(`more than ${most} comparisons of coordinates`);
    this.name = 'TooManyComparisons';
  }
}

/**
 * Runs synchronous work in which numbers of bignumber.js are compared at most this often, and throws
 * `TooManyComparisons` when it wants more. polyclip-ts orders edges by such comparisons, and where rounding has made
 * their order contradict itself it goes round in it for ever (0.16.8; seen with three rings of 17 corners on a grid). It
 * cannot be stopped from outside, and has no limit of its own; counted, unlike timed, the same input always ends alike.
 */
export function withComparisons<Value>(most: number, work: () => Value): Value {
  const { prototype } = BigNumber;
  const { isLessThan } = prototype;
  let left = most;
  prototype.isLessThan = function (this: BigNumber, other, base) {
    left -= 1;
    if (left < 0) throw new TooManyComparisons(most);
    return isLessThan.call(this, other, base);
  };
  try {
    return work();
  } finally {
    prototype.isLessThan = isLessThan;
  }
}
