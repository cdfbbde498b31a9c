/** What many objects answer to one question: all the same, or different things. */
export type SharedValue<T> = { readonly kind: 'same'; readonly value: T } | { readonly kind: 'mixed' };

/** `items` must not be empty. */
export function sharedValue<Item, T>(
  items: readonly [Item, ...Item[]],
  answerOf: (item: Item) => T,
): SharedValue<T> {
  const [first, ...rest] = items;
  const value = answerOf(first);
  return rest.every((item) => Object.is(answerOf(item), value)) ? { kind: 'same', value } : { kind: 'mixed' };
}
