import type { OptionValues } from '../../shared/formats/format-options';
import type { ConflictRule } from '../../shared/imports/conflict-rule';
import type { LabelImportPlan } from '../../shared/imports/plan-label-import';
import type { Grant } from '../../shared/ipc/channels/files';
import { type AppError, appError } from '../../shared/result/app-error';
import { ok, type Result } from '../../shared/result/result';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import type { Observable, WritableObservable } from '../app/observable';
import { createObservable } from '../app/observable';
import type { Services } from '../app/services';
import { undoGroup } from '../app/undo-group';
import type { StoredImport } from '../persistence/ports';
import {
  type DetectedFormat,
  figuresOf,
  type LabelProposal,
  outcomeOf,
  proposeLabels,
} from './label-proposal';
import type { LabelRequest } from './label-request';
import { matchDataset } from './match-dataset';
import { describeStored, KeptImport, storeLabels } from './store-labels';
import { surveyDataset } from './survey-dataset';

export type LabelSource = Pick<Grant, 'id' | 'displayName'>;

/** Files of which only a person can say what they are, or how they are to be read. */
export interface LabelQuestion {
  readonly projectId: ProjectId;
  readonly source: LabelSource;
  /** Likeliest first; empty when nothing was recognised. */
  readonly detected: readonly DetectedFormat[];
}

export interface LabelImportsState {
  readonly question: LabelQuestion | null;
  readonly proposal: LabelProposal | null;
  /** True while files are read anew as another format. */
  readonly isReading: boolean;
  /** Imports of the open project that were stopped or cut off. */
  readonly unfinished: readonly StoredImport[];
}

/** Brings labels of other tools into a project: recognise, look through, agree, store. */
export interface LabelImports {
  readonly state: Observable<LabelImportsState>;
  /** Looks what label files are and shows what importing them would do; asks where the files do not say. */
  offer(projectId: ProjectId, source: LabelSource, isAsked: boolean): Promise<void>;
  /** Reads the files as this format, with these read options. */
  read(
    projectId: ProjectId,
    source: LabelSource,
    choice: FormatChosen,
    detected: readonly DetectedFormat[],
  ): Promise<Result<null>>;
  dismiss(): void;
  apply(proposal: LabelProposal, plan: LabelImportPlan, rule: ConflictRule): Promise<Result<null>>;
  /** Looks for imports of a project that were cut off. */
  inspect(projectId: ProjectId): Promise<void>;
  resume(projectId: ProjectId, changeId: ChangeId): Promise<void>;
  takeBack(projectId: ProjectId, changeId: ChangeId): Promise<void>;
}

export interface FormatChosen {
  readonly formatId: string;
  readonly formatTitle: string;
  readonly options: OptionValues;
}

/** A guess below this is not worth interrupting anybody for. */
const WORTH_OFFERING = 0.5;

type Reach = Pick<Services, 'bridge' | 'persistence' | 'editor' | 'jobs' | 'toasts'>;

export function createLabelImports(services: Reach): LabelImports {
  const { bridge, persistence, toasts } = services;
  const state: WritableObservable<LabelImportsState> = createObservable<LabelImportsState>({
    question: null,
    proposal: null,
    isReading: false,
    unfinished: [],
  });
  const change = (part: Partial<LabelImportsState>) => state.update((before) => ({ ...before, ...part }));
  const report = (error: AppError) => {
    if (error.code !== 'job.cancelled') toasts.show({ tone: 'error', message: error.message });
  };
  const readUnfinished = async (projectId: ProjectId) =>
    change({ unfinished: await persistence.annotations.unfinishedImports(projectId) });

  const takeBack = async (projectId: ProjectId, changeId: ChangeId) => {
    const undone = await undoGroup(services, { projectId, changeId, name: 'the import' });
    await readUnfinished(projectId);
    if (undone.ok) toasts.show({ message: 'The import was undone.' });
    else report(undone.error);
  };

  const finish = async (
    projectId: ProjectId,
    changeId: ChangeId,
    stored: Result<StoredImport>,
  ): Promise<Result<null>> => {
    await readUnfinished(projectId);
    if (!stored.ok) return stored;
    await services.editor.reload();
    toasts.show({
      message: describeStored(stored.value),
      tone: 'success',
      action: { label: 'Undo', run: () => takeBack(projectId, changeId) },
      staysForMs: 20_000,
    });
    return ok(null);
  };

  const labelImports: LabelImports = {
    state,
    async offer(projectId, source, isAsked) {
      const answer = await bridge.invoke('labels.detect', { sourceId: source.id });
      if (!answer.ok) return isAsked ? report(answer.error) : undefined;
      const detected = [...answer.value].sort((a, b) => b.confidence - a.confidence);
      const likeliest = detected.filter((one) => one.isLikeliest && one.confidence >= WORTH_OFFERING);
      const [best] = likeliest;
      if (best === undefined && !isAsked) return;
      if (best === undefined || likeliest.length > 1 || best.questions.length > 0) {
        return change({ question: { projectId, source, detected } });
      }
      const choice = { formatId: best.formatId, formatTitle: best.title, options: {} };
      const read = await readAs(projectId, source, choice, detected);
      if (!read.ok) return;
      const hasLabels = read.value.dataset.images.length > 0;
      if (hasLabels || isAsked) change({ proposal: read.value });
    },

    async read(projectId, source, choice, detected) {
      change({ isReading: true });
      const read = await readAs(projectId, source, choice, detected);
      change({ isReading: false });
      if (!read.ok) return read;
      change({ question: null, proposal: read.value });
      return ok(null);
    },

    dismiss: () => change({ question: null, proposal: null }),

    async apply(proposal, plan, rule) {
      const projectId = proposal.project.id;
      const { request, dataset, match } = proposal;
      const figures = figuresOf(proposal, plan);
      const expected = outcomeOf(figures.conflicts, rule, null);
      const mapping = { ...plan.mapping, seed: crypto.randomUUID() };
      const kept: KeptImport = {
        request: { ...request, options: { ...request.options }, imageSourceIds: [...request.imageSourceIds] },
        mapping,
        images: dataset.images.length,
        annotations: dataset.survey.annotations,
      };
      const title = `Import labels from ${request.sourceName}`;
      const begun = await persistence.annotations.beginImport(projectId, {
        label: title,
        schemaAfter: plan.schemaAfter,
        labelIds: plan.labelIds,
        rule,
        images: figures.fresh.images + figures.emptyImages + figures.conflicts.length,
        annotations: figures.fresh.annotations + (expected?.added ?? 0),
        total: dataset.images.length,
        plan: JSON.stringify(kept),
      });
      if (!begun.ok) return begun;
      change({ proposal: null });
      const { changeId } = begun.value;
      const stored = await storeLabels(services, {
        projectId,
        changeId,
        title,
        request,
        mapping,
        targetByKey: match.targetByKey,
        from: 0,
        total: dataset.images.length,
      });
      return finish(projectId, changeId, stored);
    },

    inspect: readUnfinished,

    async resume(projectId, changeId) {
      const unfinished = state.get().unfinished.find((one) => one.changeId === changeId);
      const kept = keptOf(unfinished);
      if (unfinished === undefined || kept === null) return report(cannotGoOn('its record cannot be read'));
      change({ unfinished: state.get().unfinished.filter((one) => one.changeId !== changeId) });
      const looked = await surveyDataset(services, kept.request);
      if (!looked.ok) return void readUnfinished(projectId);
      const { images, survey } = looked.value;
      if (images.length !== kept.images || survey.annotations !== kept.annotations) {
        await readUnfinished(projectId);
        return report(cannotGoOn('the files hold other labels now'));
      }
      const keys = images.map((image) => image.key);
      const match = await matchDataset(services, projectId, kept.request.sourceId, keys);
      if (!match.ok) return report(match.error);
      const stored = await storeLabels(services, {
        projectId,
        changeId,
        title: unfinished.label,
        request: kept.request,
        mapping: kept.mapping,
        targetByKey: match.value.targetByKey,
        from: unfinished.cursor,
        total: images.length,
      });
      await finish(projectId, changeId, stored);
    },

    takeBack,
  };

  async function readAs(
    projectId: ProjectId,
    source: LabelSource,
    { formatId, formatTitle, options }: FormatChosen,
    detected: readonly DetectedFormat[],
  ): Promise<Result<LabelProposal>> {
    const project = await persistence.projects.get(projectId);
    if (!project.ok) {
      report(project.error);
      return project;
    }
    const request: LabelRequest = {
      sourceId: source.id,
      sourceName: source.displayName,
      formatId,
      formatTitle,
      options,
      imageSourceIds: project.value.sources.map((one) => one.id),
    };
    return proposeLabels(services, projectId, request, detected);
  }

  return labelImports;
}

function keptOf(unfinished: StoredImport | undefined): KeptImport | null {
  if (unfinished === undefined) return null;
  try {
    return KeptImport.safeParse(JSON.parse(unfinished.plan)).data ?? null;
  } catch {
    return null;
  }
}

function cannotGoOn(reason: string): AppError {
  return appError(
    'record.conflict',
    `This import cannot go on: ${reason}. What came in is there; take it back and import again.`,
  );
}
