/** A row and a column that may be paired; what they are is the caller's. */
export interface Edge {
  /** Whole numbers from 0. */
  readonly row: number;
  readonly column: number;
  /** Above 0; what pairing them is worth. */
  readonly weight: number;
}

/**
 * The edges of the assignment of largest total weight, each row and each column at most once; in the order of `edges`.
 * Rows and columns that are joined by edges are assigned by themselves, the Hungarian way (Kuhn 1955) with shortest
 * augmenting paths (Jonker and Volgenant 1987): O(n² · m) for the largest such group of n and m, so that thousands of
 * objects that overlap few others take no time. The same edges always give the same assignment.
 */
export function maximumAssignment<E extends Edge>(edges: readonly E[]): readonly E[] {
  if (edges.length <= 1) return edges;
  let rows = 0;
  let columns = 0;
  for (const { row, column } of edges) {
    if (row >= rows) rows = row + 1;
    if (column >= columns) columns = column + 1;
  }
  const degrees = new Int32Array(rows + columns);
  for (const { row, column } of edges) {
    degrees[row] = (degrees[row] ?? 0) + 1;
    degrees[rows + column] = (degrees[rows + column] ?? 0) + 1;
  }
  const isContested = ({ row, column }: E) => (degrees[row] ?? 0) > 1 || (degrees[rows + column] ?? 0) > 1;
  if (!edges.some(isContested)) return edges;
  const chosen = new Set<E>();
  for (const group of joined(edges.filter(isContested), rows, rows + columns)) {
    for (const edge of assignedIn(group)) chosen.add(edge);
  }
  return edges.filter((edge) => !isContested(edge) || chosen.has(edge));
}

/** Edges by the group that they hang together in. */
function joined<E extends Edge>(edges: readonly E[], rows: number, nodes: number): Iterable<readonly E[]> {
  const parents = Int32Array.from({ length: nodes }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root;
    for (let at = node; at !== root; ) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (const { row, column } of edges) parents[rootOf(rows + column)] = rootOf(row);
  const groups = new Map<number, E[]>();
  for (const edge of edges) {
    const root = rootOf(edge.row);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [edge]);
    else group.push(edge);
  }
  return groups.values();
}

function assignedIn<E extends Edge>(edges: readonly E[]): readonly E[] {
  const rows = numbered(edges.map(({ row }) => row));
  const columns = numbered(edges.map(({ column }) => column));
  if (rows.size === 1 || columns.size === 1) return [heaviest(edges)];
  // The shorter side is assigned to the longer one.
  const isTurned = rows.size > columns.size;
  const height = Math.min(rows.size, columns.size);
  const width = Math.max(rows.size, columns.size);
  const table: (E | undefined)[] = new Array(height * width);
  for (const edge of edges) {
    const row = rows.get(edge.row) ?? 0;
    const column = columns.get(edge.column) ?? 0;
    table[isTurned ? column * width + row : row * width + column] = edge;
  }
  const costs = Float64Array.from(table, (edge) => -(edge?.weight ?? 0));
  return leastCost(costs, height, width).flatMap((column, row) => table[row * width + column] ?? []);
}

function numbered(values: readonly number[]): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (const value of values) if (!numbers.has(value)) numbers.set(value, numbers.size);
  return numbers;
}

function heaviest<E extends Edge>(edges: readonly E[]): E {
  return edges.reduce((best, edge) => (edge.weight > best.weight ? edge : best));
}

/**
 * The column of each row in the assignment of least total cost; `costs` row by row, no more rows than columns.
 * Rows are added one by one along the shortest augmenting path in reduced costs; `potentials` keep those from below 0.
 */
function leastCost(costs: Float64Array, height: number, width: number): readonly number[] {
  const rowPotentials = new Float64Array(height);
  const columnPotentials = new Float64Array(width);
  const rowOfColumn = new Int32Array(width).fill(-1);
  const before = new Int32Array(width);
  const distances = new Float64Array(width);
  const isDone = new Uint8Array(width);
  for (let start = 0; start < height; start += 1) {
    distances.fill(Number.POSITIVE_INFINITY);
    isDone.fill(0);
    let row = start;
    let column = -1;
    for (;;) {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let next = 0; next < width; next += 1) {
        if (isDone[next] === 1) continue;
        const reduced =
          (costs[row * width + next] ?? 0) - (rowPotentials[row] ?? 0) - (columnPotentials[next] ?? 0);
        if (reduced < (distances[next] ?? 0)) {
          distances[next] = reduced;
          before[next] = column;
        }
        const distance = distances[next] ?? 0;
        if (distance < least) {
          least = distance;
          nearest = next;
        }
      }
      // Potentials move by what was gone since the last step, so that distances start from 0 again.
      rowPotentials[start] = (rowPotentials[start] ?? 0) + least;
      for (let other = 0; other < width; other += 1) {
        if (isDone[other] === 1) {
          const owner = rowOfColumn[other] ?? -1;
          rowPotentials[owner] = (rowPotentials[owner] ?? 0) + least;
          columnPotentials[other] = (columnPotentials[other] ?? 0) - least;
        } else {
          distances[other] = (distances[other] ?? 0) - least;
        }
      }
      column = nearest;
      isDone[column] = 1;
      const owner = rowOfColumn[column] ?? -1;
      if (owner === -1) break;
      row = owner;
    }
    while (column !== -1) {
      const previous = before[column] ?? -1;
      rowOfColumn[column] = previous === -1 ? start : (rowOfColumn[previous] ?? start);
      column = previous;
    }
  }
  const columnOfRow = new Array<number>(height).fill(-1);
  rowOfColumn.forEach((row, column) => {
    if (row !== -1) columnOfRow[row] = column;
  });
  return columnOfRow;
}
