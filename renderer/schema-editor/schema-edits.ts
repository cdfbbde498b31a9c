import { createContext, useContext, useMemo } from 'react';
import {
  LABEL_SCHEMA_EDITS,
  type LabelSchemaEditArgs,
  type LabelSchemaEditCode,
} from '../../shared/actions/label-schema';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';
import { useIsMeasured } from '../quality/answers/use-is-measured';

/** Edits the open project's schema; every edit is stored at once and undoable in the project's scope. */
export interface SchemaEdits {
  readonly schema: LabelSchema;
  /** Annotations by label id; null where whoever works now is not shown them. */
  readonly countOf: Project['counts']['byLabel'] | null;
  /** `label` is what undo calls it. Null when it was stored, else what was wrong, for showing beside the field. */
  apply<C extends LabelSchemaEditCode>(
    code: C,
    args: LabelSchemaEditArgs<C>,
    label: string,
  ): Promise<AppError | null>;
}

export const SchemaEditsContext = createContext<SchemaEdits | null>(null);

export function useSchemaEdits(): SchemaEdits {
  const edits = useContext(SchemaEditsContext);
  if (edits === null) throw new Error('useSchemaEdits was called outside of SchemaEditsContext');
  return edits;
}

export function useEditsOf(project: Project): SchemaEdits {
  const { persistence } = useServices();
  const showsCounts = useIsMeasured(project.id) === false;
  return useMemo(
    () => ({
      schema: project.schema,
      countOf: showsCounts ? project.counts.byLabel : null,
      async apply(code, args, label) {
        // The registry's entry under a code takes that code's arguments; TypeScript cannot follow the lookup.
        const edit = LABEL_SCHEMA_EDITS[code] as (
          schema: LabelSchema,
          given: typeof args,
        ) => Result<LabelSchema>;
        const edited = edit(project.schema, args);
        if (!edited.ok) return edited.error;
        const stored = await persistence.projects.changeSchema(project.id, {
          before: project.schema,
          after: edited.value,
          label,
          code,
        });
        return stored.ok ? null : stored.error;
      },
    }),
    [persistence, project, showsCounts],
  );
}
