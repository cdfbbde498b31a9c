import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { demandAddressee } from '../../electron/bundles/addressee';
import { createBundleHandlers } from '../../electron/bundles/bundle-handlers';
import * as ask from '../../electron/bundles/bundle-requests';
import { createKeyPair, type KeyPair, signHash } from '../../electron/people/signatures';
import type { WorkerRequestContext } from '../../electron/process-host/serve-worker';
import { createFakeBridge } from '../../renderer/bridge/fake-bridge';
import { openPersistence } from '../../renderer/persistence';
import type { Persistence } from '../../renderer/persistence/ports';
import type { BundleSummary } from '../../shared/ipc/channels/bundles';
import { ok, type Result } from '../../shared/result/result';
import type { Actor, JobId } from '../../shared/schema/ids';
import type { PublicKey } from '../../shared/schema/person';
import { okValue } from '../fixtures/ok-value';

/** A computer with its own database and its own key; bundles are real files, written and read by the real worker. */
export interface Computer {
  readonly persistence: Persistence;
  readonly keys: KeyPair;
  /** The file that the next dialog chooses. */
  file: string;
  /** What the window told the log. */
  readonly logged: readonly string[];
  /** Whose packages may be opened: those for its own key, unless a test says otherwise. */
  knows(key: PublicKey): boolean;
}

export async function startComputer(name: string): Promise<Computer> {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const keys = createKeyPair();
  const handlers = createBundleHandlers();
  const context: WorkerRequestContext = { signal: new AbortController().signal, emit: () => undefined };
  const request = async <T>(method: string, args: unknown): Promise<Result<T>> => {
    const handler = handlers[method];
    if (handler === undefined) throw new Error(`the worker does not answer ${method}`);
    return (await handler(args, context)) as Result<T>;
  };
  const logged: string[] = [];
  const computer = { keys, file: '', logged, knows: (key: PublicKey) => key === keys.publicKey };
  const begin = async (jobId: JobId, withPictures: boolean) => {
    const begun = await request<null>(ask.BUNDLE_BEGIN, { jobId, file: computer.file, withPictures });
    return begun.ok ? ok({ name: 'a.gmk' }) : begun;
  };
  const open = async (jobId: JobId) => {
    const opened = await request<BundleSummary>(ask.BUNDLE_OPEN, { jobId, file: computer.file });
    return opened.ok ? ok({ name: 'a.gmk', summary: opened.value }) : opened;
  };
  const bridge = createFakeBridge({
    'people.sign': ({ purpose, hash }) =>
      ok({ signature: signHash(keys.privateKey, purpose, hash), publicKey: keys.publicKey }),
    'package.begin': ({ jobId, withPictures }) => begin(jobId, withPictures),
    'package.beginReturn': ({ jobId }) => begin(jobId, false),
    'bundle.append': (args) => request(ask.BUNDLE_APPEND, args),
    'bundle.linesHash': (args) => request(ask.BUNDLE_LINES_HASH, args),
    'bundle.finish': ({ jobId, package: entry = null, ...facts }) =>
      request(ask.BUNDLE_FINISH, { jobId, facts, package: entry, sources: {} }),
    'bundle.open': async ({ jobId }) => {
      const opened = await open(jobId);
      if (!opened.ok) return opened;
      const addressed = demandAddressee(opened.value.summary.package, (key) => computer.knows(key));
      return addressed.ok ? opened : addressed;
    },
    'package.openReturn': ({ jobId }) => open(jobId),
    'job.cancel': ({ jobId }) => request(ask.BUNDLE_ABANDON, { jobId }),
    'log.write': ({ message }) => {
      logged.push(message);
      return ok(null);
    },
    'bundle.read': (args) => request(ask.BUNDLE_READ, args),
    'bundle.close': (args) => request(ask.BUNDLE_CLOSE, args),
  });
  const persistence = okValue(await openPersistence(bridge));
  persistence.setActor(name as Actor);
  return Object.assign(computer, { persistence });
}
