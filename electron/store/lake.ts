import { rm } from 'node:fs/promises';
import { type VersionRows, versionRowMaker } from '../../shared/datasets/version-rows';
import type { PublishRequest, PublishRow, VersionDiff } from '../../shared/ipc/channels/datasets';
import type { VersionContents } from '../../shared/ipc/channels/version-contents';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { SPLITS, type VersionSummary } from '../../shared/schema/dataset-version';
import type { ProjectId, Sha256 } from '../../shared/schema/ids';
import { listFromFolders, syncCatalogue } from './catalogue';
import { diffVersions } from './diff-versions';
import { withLakeLock } from './lake-lock';
import { type LakePaths, lakePaths } from './lake-paths';
import { finishPublish, type PublishOutcome } from './publish';
import {
  beginStaging,
  discardOldStagings,
  discardStaging,
  discardStagingsOf,
  type Staging,
  stageBatch,
  unfinishedRequest,
} from './staging';
import { storageError } from './storage-error';
import { listVersionFolders, readVersion, type StoredVersion, verifyVersion } from './stored-version';
import { versionContents } from './version-contents';
import type { WriteProgress } from './write-version';

/** A publish takes seconds; past this, asking again is better than waiting. */
const PATIENCE_TO_PUBLISH_MS = 10_000;
const PATIENCE_TO_LIST_MS = 300;

export interface Publish {
  readonly nextBatch: number;
  /** Stages one batch durably. Batches already staged are left as they are; a gap is refused. */
  append(batch: number, rows: readonly PublishRow[]): Promise<Result<null>>;
  finish(options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: WriteProgress) => void;
    /** How long to wait for another process that is writing to the lake. */
    readonly patienceMs?: number;
  }): Promise<Result<PublishOutcome>>;
  /** Gives it up: what was staged is removed. */
  discard(): Promise<void>;
}

/** The embedded ETL store: a folder of immutable, content-addressed dataset versions. Several processes may use it. */
export interface Lake {
  readonly paths: LakePaths;
  beginPublish(request: PublishRequest, contentKey: Sha256): Promise<Result<Publish>>;
  /** The newest publish of a project that was cut off; asking it again goes on behind what is staged. */
  unfinished(projectId: ProjectId): Promise<PublishRequest | null>;
  /** Removes what unfinished publishes of a project staged. */
  forgetUnfinished(projectId: ProjectId): Promise<void>;
  /** Newest first; of one project, or all. */
  versions(projectId: ProjectId | null): Promise<Result<readonly VersionSummary[]>>;
  version(id: Sha256): Promise<Result<StoredVersion>>;
  /** Every byte against the manifest. */
  verify(id: Sha256): Promise<Result<StoredVersion>>;
  /** The only version whose id starts with `prefix` (at least 4 characters). */
  resolve(prefix: string): Promise<Result<Sha256>>;
  /** How much of each kind of thing a version holds. */
  contents(id: Sha256): Promise<Result<VersionContents>>;
  diff(from: Sha256, to: Sha256): Promise<Result<VersionDiff>>;
}

/** @param home the data home; the lake is its folder `lake`. */
export function openLake(home: string, options: { readonly now?: () => Date } = {}): Lake {
  const paths = lakePaths(home);
  const now = options.now ?? (() => new Date());
  const inTurn = createTurns();

  async function versions(projectId: ProjectId | null): Promise<Result<readonly VersionSummary[]>> {
    try {
      const synced = await withLakeLock(paths, PATIENCE_TO_LIST_MS, async () =>
        ok(await syncCatalogue(paths)),
      );
      // Busy or not writable: the folders can be read without the lock.
      const all = synced.ok ? synced.value : await listFromFolders(paths);
      return ok(projectId === null ? all : all.filter((version) => version.projectId === projectId));
    } catch (thrown) {
      return err(storageError(thrown, 'listing the versions', 'file.not-readable'));
    }
  }

  return {
    paths,
    versions,
    version: (id) => readVersion(paths, id),
    verify: (id) => verifyVersion(paths, id),

    async beginPublish(request, contentKey) {
      const refusal = refuseRequest(request);
      if (refusal !== null) return refusal;
      return inTurn(async () => {
        await discardOldStagings(paths, now()).catch(() => undefined);
        const staging = await beginStaging(paths, request, contentKey);
        return staging.ok ? ok(publishOf(paths, staging.value, now, inTurn)) : staging;
      });
    },

    unfinished: (projectId) => inTurn(() => unfinishedRequest(paths, projectId)),
    forgetUnfinished: (projectId) => inTurn(() => discardStagingsOf(paths, projectId)),

    async resolve(prefix) {
      const wanted = prefix.toLowerCase();
      if (!/^[0-9a-f]{4,64}$/.test(wanted)) {
        return err(
          appError(
            'usage.bad-arguments',
            `"${prefix}" is not a version id: give at least its first 4 characters.`,
          ),
        );
      }
      const matches = (await listVersionFolders(paths)).filter((id) => id.startsWith(wanted));
      const [only, another] = matches;
      if (only !== undefined && another === undefined) return ok(only);
      return err(
        appError(
          'lake.unknown-version',
          only === undefined
            ? `There is no dataset version ${prefix} in the lake ${paths.root}.`
            : `${matches.length} dataset versions start with ${prefix}; give more characters of the id.`,
          { prefix, matches },
        ),
      );
    },

    contents: (id) => versionContents(paths, id),

    async diff(from, to) {
      const before = await verifyVersion(paths, from);
      if (!before.ok) return before;
      const after = await verifyVersion(paths, to);
      if (!after.ok) return after;
      return diffVersions(paths, { id: from, ...before.value }, { id: to, ...after.value });
    },
  };
}

function refuseRequest(
  request: PublishRequest,
): { readonly ok: false; readonly error: ReturnType<typeof appError> } | null {
  const sum = SPLITS.reduce((total, split) => total + request.splitRule.ratios[split], 0);
  if (Math.abs(sum - 1) <= 1e-6) return null;
  return err(
    appError(
      'usage.bad-arguments',
      `The shares of train, val and test add up to ${Math.round(sum * 1000) / 1000}; they must add up to 1.`,
      { sum },
    ),
  );
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other: a publish that begins must see every batch of the one before it. */
function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function publishOf(paths: LakePaths, begun: Staging, now: () => Date, inTurn: Turns): Publish {
  let staging = begun;
  const rowsOf = versionRowMaker(begun.request.labelSchema, begun.request.filter);
  return {
    get nextBatch() {
      return staging.nextBatch;
    },

    async append(batch, rows) {
      const kept: VersionRows[] = [];
      for (const row of rows) {
        const made = rowsOf(row);
        if (!made.ok) return made;
        if (made.value !== null) kept.push(made.value);
      }
      return inTurn(async () => {
        const staged = await stageBatch(staging, batch, kept);
        if (!staged.ok) return staged;
        staging = staged.value;
        return ok(null);
      });
    },

    finish: ({
      signal = new AbortController().signal,
      onProgress = () => undefined,
      patienceMs = PATIENCE_TO_PUBLISH_MS,
    } = {}) =>
      inTurn(() =>
        withLakeLock(paths, patienceMs, async () => {
          try {
            // Nobody else is writing: whatever lies here was left by a process that died.
            await rm(paths.scratch, { recursive: true, force: true });
            return await finishPublish(paths, staging, { now, signal, onProgress });
          } catch (thrown) {
            return err(storageError(thrown, 'publishing the dataset version', 'lake.write-failed'));
          }
        }),
      ),

    discard: () => inTurn(() => discardStaging(staging)),
  };
}
