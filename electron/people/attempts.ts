import fs from 'node:fs/promises';
import { z } from 'zod';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { PersonId } from '../../shared/schema/ids';
import { writeJsonAtomically } from '../grants/atomic-json-file';

/**
 * NIST SP 800-63B, 5.2.2: a wait after failed tries that grows from 30 seconds up to an hour. It doubles each time, so
 * that 100 tries, NIST's most, take four days.
 */
const SHORTEST_WAIT_IN_MS = 30_000;
const LONGEST_WAIT_IN_MS = 3_600_000;
/** Slips of the fingers; tries of all profiles together may be more, because several people sit at one computer. */
const FREE_TRIES = { ofPerson: 3, ofAll: 10 } as const;
/** Tries of all profiles together are forgotten after an hour without one; those of a person only by a right passphrase. */
const QUIET_MS = 3_600_000;

const Tries = z.object({ failed: z.number().int().min(0), lastAt: z.number() });
type Tries = z.infer<typeof Tries>;

const AttemptsFile = z.object({
  version: z.literal(1),
  all: Tries,
  people: z.partialRecord(PersonId, Tries),
});
type Attempts = z.infer<typeof AttemptsFile>;

const NONE: Tries = { failed: 0, lastAt: 0 };

/** Counts wrong passphrases and makes guessing slow. The count outlives restarts. */
export interface AttemptCounter {
  /**
   * Asks for one try, which counts as failed until `succeeded`, so that a process that is ended in between has spent it.
   * Refused with `people.locked-out`, saying when to try again (`until`, ISO 8601, and `waitInSeconds` in its details).
   */
  begin(personId: PersonId): Promise<Result<null>>;
  /** The passphrase was right: the person's tries are forgotten, and this one is taken from those of all. */
  succeeded(personId: PersonId): Promise<void>;
}

/** ms after the last failed try until the next one is allowed. */
function waitInMs(failed: number, free: number): number {
  if (failed < free) return 0;
  return Math.min(LONGEST_WAIT_IN_MS, SHORTEST_WAIT_IN_MS * 2 ** Math.min(30, failed - free));
}

/** A file that cannot be read counts as the free tries of everybody spent: damaging it must not help. */
export async function openAttemptCounter(
  file: string,
  now: () => number = Date.now,
): Promise<AttemptCounter> {
  let attempts = await load();

  async function load(): Promise<Attempts> {
    let text: string;
    try {
      text = await fs.readFile(file, 'utf8');
    } catch (thrown) {
      const isAbsent = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
      return { version: 1, all: isAbsent ? NONE : spent(), people: {} };
    }
    try {
      return AttemptsFile.parse(JSON.parse(text));
    } catch {
      return { version: 1, all: spent(), people: {} };
    }
  }

  function spent(): Tries {
    return { failed: FREE_TRIES.ofAll, lastAt: now() };
  }

  /** A clock that was set back must not make the wait longer than it was. */
  const sinceLast = ({ lastAt }: Tries) => Math.max(0, now() - Math.min(lastAt, now()));
  const triesOfAll = () => (sinceLast(attempts.all) >= QUIET_MS ? NONE : attempts.all);
  const triesOf = (personId: PersonId) => attempts.people[personId] ?? NONE;
  const remaining = (tries: Tries, free: number) => waitInMs(tries.failed, free) - sinceLast(tries);

  async function store(next: Attempts): Promise<void> {
    attempts = next;
    await writeJsonAtomically(file, next);
  }

  return {
    async begin(personId) {
      const [ofAll, ofPerson] = [triesOfAll(), triesOf(personId)];
      const wait = Math.max(remaining(ofAll, FREE_TRIES.ofAll), remaining(ofPerson, FREE_TRIES.ofPerson));
      if (wait > 0) return err(lockedOut(wait, now() + wait));
      const spentOne = (tries: Tries): Tries => ({ failed: tries.failed + 1, lastAt: now() });
      await store({
        version: 1,
        all: spentOne(ofAll),
        people: { ...attempts.people, [personId]: spentOne(ofPerson) },
      });
      return ok(null);
    },

    async succeeded(personId) {
      const { [personId]: _forgotten, ...others } = attempts.people;
      const { failed, lastAt } = attempts.all;
      await store({ version: 1, all: { failed: Math.max(0, failed - 1), lastAt }, people: others });
    },
  };
}

function lockedOut(waitMs: number, until: number) {
  const waitInSeconds = Math.ceil(waitMs / 1000);
  const words = waitInSeconds < 90 ? `${waitInSeconds} seconds` : `${Math.ceil(waitInSeconds / 60)} minutes`;
  return appError(
    'people.locked-out',
    `There were several wrong passphrases. Try again in ${words}; a right one before that is not looked at.`,
    { until: new Date(until).toISOString(), waitInSeconds },
  );
}
