import type { Result } from '../../shared/result/result';
import type { RuleSettings } from '../../shared/rules/annotations/finding';
import type { Waivers } from '../../shared/rules/annotations/waived';
import type { ProjectId } from '../../shared/schema/ids';
import type { Waiver } from '../../shared/schema/project-records';
import type { Navigation } from '../app/navigation';
import { createObservable, type Observable } from '../app/observable';
import type { Persistence } from '../persistence/ports';

/** How the project at hand is checked. Until its records are read, rules are as they come and nothing is waived. */
export interface ProjectRules {
  readonly settings: Observable<RuleSettings>;
  readonly waivers: Observable<Waivers>;
  /** Sets rules of a project; undoes nothing that others set of it meanwhile but rules. */
  change(projectId: ProjectId, settings: RuleSettings): Promise<Result<null>>;
  /** Waives findings, or with a null takes the waiver back. */
  waive(
    projectId: ProjectId,
    waivers: readonly { readonly findingId: string; readonly waiver: Waiver | null }[],
  ): Promise<Result<null>>;
}

const AS_THEY_COME: RuleSettings = {};
const NOTHING_WAIVED: Waivers = new Map();

export function createProjectRules(persistence: Persistence, route: Navigation['route']): ProjectRules {
  const settings = createObservable<RuleSettings>(AS_THEY_COME);
  const waivers = createObservable<Waivers>(NOTHING_WAIVED);
  let projectId: ProjectId | null = null;
  let stop = () => {};
  let readings = 0;

  async function read(): Promise<void> {
    const wanted = projectId;
    readings += 1;
    const reading = readings;
    if (wanted === null) return;
    const [policy, records] = await Promise.all([
      persistence.reviews.policy(wanted),
      persistence.records.list(wanted, 'waiver'),
    ]);
    if (reading !== readings) return;
    // Records that cannot be read leave rules as they come: too much is said then, never too little.
    if (policy.ok && JSON.stringify(policy.value.rules) !== JSON.stringify(settings.get())) {
      settings.set(policy.value.rules);
    }
    if (records.ok && (records.value.length > 0 || waivers.get().size > 0)) {
      waivers.set(new Map(records.value.map(({ value }) => [value.findingId, value])));
    }
  }

  function follow(): void {
    const next = route.get().projectId;
    if (next === projectId) return;
    projectId = next;
    stop();
    stop = () => {};
    settings.set(AS_THEY_COME);
    waivers.set(NOTHING_WAIVED);
    if (next === null) return;
    // A change that names no image is one of the project's records.
    stop = persistence.images.observe(next, ({ imageIds }) => {
      if (imageIds === 'many' || imageIds.length === 0) void read();
    });
    void read();
  }
  route.subscribe(follow);
  follow();

  return {
    settings,
    waivers,
    async change(id, rules) {
      const policy = await persistence.reviews.policy(id);
      if (!policy.ok) return policy;
      const value = { ...policy.value, rules: rules as Record<string, Record<string, unknown> | null> };
      return persistence.records.put(id, [{ kind: 'policy', id: 'policy', value }], {
        code: 'rules.set',
        label: 'Set rules',
      });
    },
    waive(id, changes) {
      const isBack = changes.every(({ waiver }) => waiver === null);
      return persistence.records.put(
        id,
        changes.map(({ findingId, waiver }) => ({
          kind: 'waiver',
          id: findingId,
          imageId: waiver?.imageId ?? null,
          value: waiver,
        })),
        {
          code: isBack ? 'finding.unwaive' : 'finding.waive',
          label: `${isBack ? 'Take back the waiver of' : 'Waive'} ${changes.length === 1 ? 'a finding' : `${changes.length} findings`}`,
        },
      );
    },
  };
}
