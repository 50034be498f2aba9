/** A list with its next page behind what is shown already. */
export function appended<P extends { nodes: readonly unknown[] }>(shown: P, next: P): P {
  return { ...next, nodes: [...shown.nodes, ...next.nodes] };
}
