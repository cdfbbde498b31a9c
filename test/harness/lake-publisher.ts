/**
 * A process of its own that publishes made-up rows into a lake, for tests that kill it or hold its lock:
 * `lake-publisher HOME ROWS [hold]`. Says on stdout what is done: `begun N`, `staged N`, `finishing`, `published ID`,
 * `refused CODE`; with `hold` it takes the lock, says `holding` and keeps it until it is killed.
 */
import { openLake } from '../../electron/store/lake';
import { withLakeLock } from '../../electron/store/lake-lock';
import { contentKeyOf, publishRequest, publishRows } from '../fixtures/publish-rows';

const ROWS_IN_A_BATCH = 25;

const [home = '', count = '0', mode = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function publish(): Promise<void> {
  const lake = openLake(home);
  const rows = publishRows(Number(count));
  const begun = await lake.beginPublish(publishRequest(), contentKeyOf(rows));
  if (!begun.ok) return say(`refused ${begun.error.code}`);
  const publishing = begun.value;
  say(`begun ${publishing.nextBatch}`);
  for (let batch = publishing.nextBatch; batch * ROWS_IN_A_BATCH < rows.length; batch += 1) {
    const part = rows.slice(batch * ROWS_IN_A_BATCH, (batch + 1) * ROWS_IN_A_BATCH);
    const staged = await publishing.append(batch, part);
    if (!staged.ok) return say(`refused ${staged.error.code}`);
    say(`staged ${batch}`);
  }
  say('finishing');
  const finished = await publishing.finish();
  say(finished.ok ? `published ${finished.value.version.id}` : `refused ${finished.error.code}`);
}

async function hold(): Promise<void> {
  await withLakeLock(openLake(home).paths, 5000, async () => {
    say('holding');
    return new Promise(() => {
      // Keeps the process alive; the promise never settles, so the lock is held until the kill.
      setInterval(() => undefined, 1000);
    });
  });
}

void (mode === 'hold' ? hold() : publish());
