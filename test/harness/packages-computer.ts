import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createBundleHandlers } from '../../electron/bundles/bundle-handlers';
import * as ask from '../../electron/bundles/bundle-requests';
import { createKeyPair, type KeyPair, signHash } from '../../electron/people/signatures';
import type { WorkerRequestContext } from '../../electron/process-host/serve-worker';
import { createFakeBridge } from '../../renderer/bridge/fake-bridge';
import { openPersistence } from '../../renderer/persistence';
import type { Persistence } from '../../renderer/persistence/ports';
import { ok, type Result } from '../../shared/result/result';
import type { Actor } from '../../shared/schema/ids';
import { okValue } from '../fixtures/ok-value';

/** A computer with its own database and its own key; bundles are real files, written and read by the real worker. */
export interface Computer {
  readonly persistence: Persistence;
  readonly keys: KeyPair;
  /** The file that the next dialog chooses. */
  file: string;
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
  const computer = { keys, file: '' };
  const bridge = createFakeBridge({
    'people.sign': ({ purpose, hash }) =>
      ok({ signature: signHash(keys.privateKey, purpose, hash), publicKey: keys.publicKey }),
    'bundle.begin': async ({ jobId, withPictures }) => {
      const begun = await request<null>(ask.BUNDLE_BEGIN, { jobId, file: computer.file, withPictures });
      return begun.ok ? ok({ name: 'a.gmk' }) : begun;
    },
    'bundle.append': (args) => request(ask.BUNDLE_APPEND, args),
    'bundle.linesHash': (args) => request(ask.BUNDLE_LINES_HASH, args),
    'bundle.finish': ({ jobId, package: entry = null, ...facts }) =>
      request(ask.BUNDLE_FINISH, { jobId, facts, package: entry, sources: {} }),
    'bundle.open': async ({ jobId }) => {
      const opened = await request<never>(ask.BUNDLE_OPEN, { jobId, file: computer.file });
      return opened.ok ? ok({ name: 'a.gmk', summary: opened.value }) : opened;
    },
    'bundle.read': (args) => request(ask.BUNDLE_READ, args),
    'bundle.close': (args) => request(ask.BUNDLE_CLOSE, args),
  });
  const persistence = okValue(await openPersistence(bridge));
  persistence.setActor(name as Actor);
  return Object.assign(computer, { persistence });
}
