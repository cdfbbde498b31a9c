import Dexie from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { createNotifier } from '../../../../renderer/persistence/notifier';
import { createPreferences } from '../../../../renderer/persistence/preferences';
import { watchForVanished } from '../../../../renderer/persistence/vanished-projects';
import { openFixture, openRawDatabase, ROAD_SCHEMA, unwrap } from './persistence-fixture';

/** What outlives the database: the browser keeps it in files of its own. */
function storageInMemory() {
  const values = new Map<string, string>();
  return {
    storage: {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    },
    listen: () => undefined,
  };
}

it('names the projects that went with the database, until they are back or the person says so', async () => {
  const { persistence } = await openFixture();
  const preferences = createPreferences(storageInMemory());
  const start = async () => {
    const db = await openRawDatabase();
    const notifier = createNotifier('vanished-test');
    const watch = watchForVanished(db, notifier, preferences);
    const stop = () => {
      notifier.close();
      db.close();
    };
    return { ...watch, stop };
  };
  const road = unwrap(await persistence.projects.create({ name: 'Road', schema: ROAD_SCHEMA }));
  const erased = unwrap(await persistence.projects.create({ name: 'Erased', schema: ROAD_SCHEMA }));
  const first = await start();
  expect(await first.find()).toEqual([]);
  unwrap(await persistence.projects.setDeleted(erased.id, true));
  unwrap(await persistence.projects.purge(erased.id));
  expect(await first.find()).toEqual([]);
  first.stop();

  Dexie.dependencies.indexedDB = new IDBFactory();
  const second = await start();
  expect(await second.find()).toEqual([{ id: road.id, name: 'Road' }]);
  expect(await second.find()).toEqual([{ id: road.id, name: 'Road' }]);
  second.forget(road.id);
  expect(await second.find()).toEqual([]);
  second.stop();
});
