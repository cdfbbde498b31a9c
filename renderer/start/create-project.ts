import type { Result } from '../../shared/result/result';
import type { Project } from '../../shared/schema/project';
import { SCHEMA_TEMPLATES, type SchemaTemplateId } from '../../shared/templates';
import { createLabelSchema } from '../../shared/templates/label-template';
import type { Persistence } from '../persistence/ports';

/** A new project with a template's label schema. */
export function createProjectFromTemplate(
  persistence: Pick<Persistence, 'projects'>,
  name: string,
  templateId: SchemaTemplateId,
  isSample = false,
): Promise<Result<Project>> {
  const schema = createLabelSchema(SCHEMA_TEMPLATES[templateId], () => crypto.randomUUID());
  return persistence.projects.create({ name: name.trim().slice(0, 200), schema, isSample });
}
