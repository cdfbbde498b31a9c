import type { Deed } from '../../shared/people/permissions';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChangeBody } from '../../shared/schema/change';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import { LabelSchema } from '../../shared/schema/label-schema';
import { Project } from '../../shared/schema/project';
import { demand, type PersistenceContext, signature } from './context';
import { guarded, guardedWrite, Refusal } from './database-error';
import { APP_SCOPE, emptyHead, nextLine, projectScope, requireHead } from './journal-lines';
import type { ProjectRepository } from './ports';
import { faceOf, projectOf, requireProject } from './project-face';
import { purgeProject } from './purge';
import { reasonAgainstSchema, sameSchema } from './schema-change';
import type { StoredHead, StoredProject } from './stored-records';

const NAME = Project.shape.name;

/** What a line of the journal says, and what who writes it must be allowed. */
interface Line {
  readonly deed: Deed;
  readonly scope: string;
  readonly code: string;
  readonly label: string;
}

export function createProjectRepository(context: PersistenceContext): ProjectRepository {
  const { db, notifier } = context;

  const all = (): Promise<Project[]> =>
    db.transaction('r', [db.projects, db.heads], async () => {
      const [projects, heads] = await Promise.all([db.projects.toArray(), db.heads.toArray()]);
      const headById = new Map(heads.map((head) => [head.projectId, head]));
      return projects
        .map((project) => projectOf(project, headById.get(project.id) ?? emptyHead(project.id)))
        .sort((a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0));
    });
  const list = async () => (await all()).filter((project) => project.deletedAt === null);

  const get = (id: ProjectId): Promise<Result<Project>> =>
    guarded(db, 'reading a project', () =>
      db.transaction('r', [db.projects, db.heads], async () =>
        projectOf(await requireProject(db, id), requireHead(await db.heads.get(id))),
      ),
    );

  /** One change of the project's own record with its journal line; `edit` gives null when there is nothing to do. */
  const change = async (
    id: ProjectId,
    line: Line,
    edit: (
      project: StoredProject,
      head: StoredHead,
    ) => { readonly after: StoredProject; readonly body: ChangeBody } | null,
  ): Promise<Result<null>> => {
    const done = await guarded(db, 'changing a project', () =>
      db.transaction('rw', [db.projects, db.heads, db.changes], async () => {
        demand(context, line.deed);
        const project = await requireProject(db, id);
        const head = requireHead(await db.heads.get(id));
        const edited = edit(project, head);
        if (edited === null) return null;
        const { deed: _, ...words } = line;
        const next = nextLine(head, {
          ...words,
          id: context.newId() as ChangeId,
          projectId: id,
          imageId: null,
          groupId: null,
          at: context.now(),
          ...signature(context),
          origin: 'person',
          targetId: null,
          body: edited.body,
        });
        await Promise.all([
          db.projects.put(edited.after),
          db.changes.add(next.line),
          db.heads.put(next.head),
        ]);
        return null;
      }),
    );
    if (done.ok) notifier.announce({ projectId: id, imageIds: [] });
    return done;
  };
  const changeFace = (
    id: ProjectId,
    line: Line,
    face: (project: StoredProject) => Partial<StoredProject> | null,
  ) =>
    change(id, line, (project) => {
      const changed = face(project);
      if (changed === null) return null;
      const after = { ...project, ...changed };
      return { after, body: { kind: 'project', before: faceOf(project), after: faceOf(after) } };
    });

  return {
    list,
    listDeleted: async () => (await all()).filter((project) => project.deletedAt !== null),
    get,

    observe(id, listener) {
      return latest(
        () => get(id),
        (project) => {
          if (project.ok) listener(project.value);
        },
        (again) => notifier.listen((event) => event.projectId === id && again()),
      );
    },
    observeList(listener) {
      return latest(list, listener, (again) => notifier.listen(again));
    },

    async create({ name, schema, isSample = false }) {
      const id = context.newId() as ProjectId;
      const at = context.now();
      const parsedName = NAME.safeParse(name);
      if (!parsedName.success) return err(badName());
      const parsedSchema = LabelSchema.safeParse(schema);
      if (!parsedSchema.success) {
        return err(
          appError('schema.invalid', 'The labels of the new project cannot be stored. Nothing was made.'),
        );
      }
      const project: StoredProject = {
        id,
        name: parsedName.data,
        createdAt: at,
        openedAt: at,
        archivedAt: null,
        deletedAt: null,
        isSample,
        sources: [],
        schema: parsedSchema.data,
      };
      const made = await guardedWrite(db, 'creating a project', () =>
        db.transaction('rw', [db.projects, db.heads, db.changes], async () => {
          demand(context, 'project.create');
          const next = nextLine(emptyHead(id), {
            id: context.newId() as ChangeId,
            projectId: id,
            imageId: null,
            scope: APP_SCOPE,
            groupId: null,
            at,
            ...signature(context),
            origin: isSample ? 'sample' : 'person',
            code: 'project.create',
            label: `Create ${project.name}`,
            targetId: null,
            body: { kind: 'project', before: null, after: faceOf(project) },
          });
          await Promise.all([db.projects.add(project), db.changes.add(next.line), db.heads.add(next.head)]);
          return projectOf(project, next.head);
        }),
      );
      if (made.ok) notifier.announce({ projectId: id, imageIds: [] });
      return made;
    },

    async rename(id, name) {
      const parsed = NAME.safeParse(name);
      if (!parsed.success) return err(badName());
      // Renaming happens in the list of projects, so that is where undo must reach it.
      const line: Line = {
        deed: 'project.change',
        scope: APP_SCOPE,
        code: 'project.rename',
        label: `Rename to ${parsed.data}`,
      };
      return changeFace(id, line, (project) => (project.name === parsed.data ? null : { name: parsed.data }));
    },

    setArchived(id, isArchived) {
      const code = isArchived ? 'project.archive' : 'project.unarchive';
      const line: Line = {
        deed: 'project.change',
        scope: APP_SCOPE,
        code,
        label: isArchived ? 'Archive project' : 'Take project out of archive',
      };
      return changeFace(id, line, (project) =>
        (project.archivedAt !== null) === isArchived
          ? null
          : { archivedAt: isArchived ? context.now() : null },
      );
    },

    setDeleted(id, isDeleted) {
      const code = isDeleted ? 'project.delete' : 'project.undelete';
      const line: Line = {
        deed: 'project.delete',
        scope: APP_SCOPE,
        code,
        label: isDeleted ? 'Delete project' : 'Bring project back',
      };
      return changeFace(id, line, (project) =>
        (project.deletedAt !== null) === isDeleted ? null : { deletedAt: isDeleted ? context.now() : null },
      );
    },

    async purge(id) {
      const permitted = await guarded(null, 'erasing a project', async () =>
        demand(context, 'project.delete'),
      );
      return permitted.ok ? purgeProject(context, id) : permitted;
    },

    async markOpened(id) {
      // Not an edit: no journal line, and a failure only puts the project in another place of the list.
      await guarded(db, 'noting that a project was opened', () =>
        db.projects.update(id, { openedAt: context.now() }),
      );
      notifier.announce({ projectId: id, imageIds: [] });
    },

    async changeSchema(id, { before, after, label, code }) {
      let stored = after;
      const line: Line = { deed: 'schema.edit', scope: projectScope(id), code, label };
      const done = await change(id, line, (project, head) => {
        if (project.schema.revision !== before.revision || !sameSchema(project.schema, before)) {
          throw new Refusal(schemaConflict());
        }
        stored = {
          ...after,
          revision: project.schema.revision + 1,
          nextClassIndex: Math.max(after.nextClassIndex, project.schema.nextClassIndex),
        };
        const reason = reasonAgainstSchema(project.schema, stored, head.counts);
        if (reason !== null) throw new Refusal(reason);
        return {
          after: { ...project, schema: stored },
          body: { kind: 'schema', before: project.schema, after: stored },
        };
      });
      return done.ok ? ok(stored) : done;
    },

    async addSource(id, source) {
      const done = await guardedWrite(db, 'adding a folder', () =>
        db.transaction('rw', [db.projects, db.heads], async () => {
          demand(context, 'image.add');
          const project = await requireProject(db, id);
          const head = requireHead(await db.heads.get(id));
          const others = project.sources.filter((known) => known.id !== source.id);
          const addedAt = project.sources.find((known) => known.id === source.id)?.addedAt ?? context.now();
          await db.projects.put({ ...project, sources: [...others, { ...source, addedAt }] });
          await db.heads.put({ ...head, stamp: head.stamp + 1 });
          return null;
        }),
      );
      if (done.ok) notifier.announce({ projectId: id, imageIds: [] });
      return done;
    },
  };
}

/**
 * Reads at once and after every event, and hands over the newest answer only: an answer that a later one overtook is
 * dropped, events during a read lead to one more read.
 */
function latest<T>(
  read: () => Promise<T>,
  listener: (value: T) => void,
  listen: (again: () => void) => () => void,
): () => void {
  let isStopped = false;
  let isReading = false;
  let isStale = false;
  const refresh = async (): Promise<void> => {
    if (isReading) {
      isStale = true;
      return;
    }
    isReading = true;
    do {
      isStale = false;
      // A failed read keeps the last answer on screen; what the person does next reports the failure itself.
      const answer = await guarded(null, 'reading again', read);
      if (isStopped) return;
      if (answer.ok && !isStale) listener(answer.value);
    } while (isStale);
    isReading = false;
  };
  const stop = listen(() => void refresh());
  void refresh();
  return () => {
    isStopped = true;
    stop();
  };
}

function badName(): AppError {
  return appError('usage.bad-arguments', 'A project needs a name of 1 to 200 characters.');
}

function schemaConflict(): AppError {
  return appError(
    'record.conflict',
    'The labels were changed in another window since they were read here, so this change was not saved. Look at the newer labels, then repeat it.',
  );
}
