import { MAX_EDGES } from '../../schema/shapes/skeleton';

/** Pairs of joints from our own key of data.yaml, `0-1`; what is none is passed over. */
export function jointEdges(texts: readonly string[], joints: number): (readonly [number, number])[] {
  const edges: (readonly [number, number])[] = [];
  for (const text of texts.slice(0, MAX_EDGES)) {
    const match = /^(\d{1,3})-(\d{1,3})$/.exec(text);
    const [from, to] = [Number(match?.[1] ?? joints), Number(match?.[2] ?? joints)];
    if (from < joints && to < joints) edges.push([from, to]);
  }
  return edges;
}

export function jointEdgesText(edges: readonly (readonly [number, number])[]): string {
  return `[${edges.map(([from, to]) => `${from}-${to}`).join(', ')}]`;
}
