import type { Project } from '../../../shared/schema/project';

/** Images that are handed in, sampled and judged together. */
export function BatchesTab({ project }: { readonly project: Project }) {
  return <section aria-label={`Batches of ${project.name}`} />;
}
