/** Numbers for values in order of appearance, so that tables of millions of rows hold numbers. */
export interface Numbering<Value> {
  /** By their numbers. */
  readonly values: readonly Value[];
  /** The number of a value; a value that was not there before gets the next one. */
  numberOf(value: Value): number;
}

export function createNumbering<Value>(): Numbering<Value> {
  const values: Value[] = [];
  const numbers = new Map<Value, number>();
  return {
    values: values as readonly Value[],
    numberOf(value: Value): number {
      const known = numbers.get(value);
      if (known !== undefined) return known;
      numbers.set(value, values.length);
      values.push(value);
      return values.length - 1;
    },
  };
}
