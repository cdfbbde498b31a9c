import '../../../renderer/app/zod-without-eval';
import { createBridge, type PreloadApi } from '../../../renderer/bridge/bridge';
import type { FindingStatus } from '../../../renderer/findings/finding-messages';
import { openFindings } from '../../../renderer/findings/finding-source';
import { openPersistence } from '../../../renderer/persistence';
import { DATABASE_NAME } from '../../../renderer/persistence/database';
import { createIssueCache, evaluateRules } from '../../../shared/rules/annotations/evaluate-rules';
import { type Annotation, UNLABELLED_STATUS } from '../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import { mixedShapes } from '../mixed-shapes';
import { seedBoxes } from './seed-boxes';

async function open() {
  const bridge = createBridge((window as unknown as { groundmark: PreloadApi }).groundmark);
  const opened = await openPersistence(bridge);
  if (!opened.ok) throw new Error(opened.error.message);
  const [project] = await opened.value.projects.list();
  if (project === undefined) throw new Error('There is no project.');
  return { persistence: opened.value, project };
}

/** Seconds from nothing until everything is checked, and what was found. */
async function measureFull(): Promise<Extract<FindingStatus, { kind: 'ready' }>> {
  const { persistence, project } = await open();
  const findings = openFindings(
    project.id,
    {
      schema: project.schema,
      rules: {},
      waivers: new Map(),
      split: {
        rule: {
          seed: '1',
          ratios: { train: 0.8, val: 0.1, test: 0.1 },
          groupBy: 'image',
          isStratified: false,
        },
        states: ['labelled', 'inProgress'],
      },
      sourceNames: new Map(),
    },
    persistence.images,
    DATABASE_NAME,
  );
  return new Promise((resolve, reject) => {
    findings.subscribe(() => {
      const status = findings.status();
      if (status.kind === 'failed') reject(new Error(status.error.message));
      if (status.kind === 'ready') resolve(status);
    });
  });
}

/**
 * Milliseconds that the rules take for one image of so many objects of every kind: all anew, and after each of so many
 * edits that touch one object.
 */
function measureEdits(
  schema: Project['schema'],
  shapes: number,
  edits: number,
): { readonly first: number; readonly edits: readonly number[] } {
  const annotations = new Map<AnnotationId, Annotation>(
    mixedShapes(shapes).map((each) => {
      const id = crypto.randomUUID() as AnnotationId;
      return [id, { ...each, id, attributes: {} }];
    }),
  );
  let document = {
    imageId: crypto.randomUUID() as ImageId,
    size: { width: 3840, height: 2160 },
    annotations: annotations as ReadonlyMap<AnnotationId, Annotation>,
    status: UNLABELLED_STATUS,
  };
  const cache = createIssueCache();
  const settings = {};
  const measured = () => {
    const start = performance.now();
    evaluateRules(document, schema, settings, cache);
    return performance.now() - start;
  };
  const first = measured();
  const ids = [...annotations.keys()];
  return {
    first,
    edits: Array.from({ length: edits }, (_, n) => {
      const id = ids[(n * 37) % ids.length] as AnnotationId;
      const next = new Map(document.annotations);
      const before = next.get(id);
      if (before !== undefined) next.set(id, { ...before, revision: before.revision + 1 });
      document = { ...document, annotations: next };
      return measured();
    }),
  };
}

const findingsPage = {
  measureFull,
  measureEdits: async (shapes: number, edits: number) => {
    const { project } = await open();
    return measureEdits(project.schema, shapes, edits);
  },
  seedBoxes: async (boxes: number) => {
    const { persistence, project } = await open();
    await seedBoxes(persistence, project, boxes);
    persistence.close();
  },
};

declare global {
  interface Window {
    findingsPage: typeof findingsPage;
  }
}

window.findingsPage = findingsPage;
document.documentElement.dataset.ready = '';
