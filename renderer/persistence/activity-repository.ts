import Dexie from 'dexie';
import { isPermitted } from '../../shared/people/permissions';
import { Activity } from '../../shared/schema/activity';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import { type PersistenceContext, personOf } from './context';
import { guarded, guardedWrite } from './database-error';
import type { ActivityRepository } from './ports';
import { personKey } from './review-marks';

export function createActivityRepository(context: PersistenceContext): ActivityRepository {
  const { db } = context;
  return {
    async add(work) {
      const session = context.session();
      // Nobody's time is measured while nobody is signed in.
      if (session === null || work.length === 0) return { ok: true, value: null };
      const person = personOf(session);
      const own = { personKey: personKey(person), personName: person.name };
      return guardedWrite(db, 'saving how long work took', () =>
        db.transaction('rw', db.activity, async () => {
          const keys = work.map(({ projectId, day, imageId }): [ProjectId, string, string, ImageId] => [
            projectId,
            day,
            own.personKey,
            imageId,
          ]);
          const before = await db.activity.bulkGet(keys);
          const after = work.map((piece, index) => together(before[index], { ...piece, ...own }));
          await db.activity.bulkPut(after.map((row) => Activity.parse(row)));
          return null;
        }),
      );
    },

    list: (projectId, { from, to }) =>
      guarded(db, 'reading how long work took', async () => {
        const session = context.session();
        if (session === null) return [];
        const rows = await db.activity
          .where('[projectId+day+personKey+imageId]')
          .between([projectId, from], [projectId, to, Dexie.maxKey], true, true)
          .toArray();
        const key = personKey(personOf(session));
        // Here and not in a view: whoever may not see others never holds their figures.
        return isPermitted(session.role, 'quality.seeEveryone')
          ? rows
          : rows.filter((row) => row.personKey === key);
      }),
  };
}

function together(before: Activity | undefined, piece: Activity): Activity {
  if (before === undefined) return piece;
  const byLabel = { ...before.byLabel };
  for (const [labelId, { shapes, ms }] of Object.entries(piece.byLabel)) {
    const known = byLabel[labelId];
    byLabel[labelId] = { shapes: (known?.shapes ?? 0) + shapes, ms: (known?.ms ?? 0) + ms };
  }
  const reviewMs = (before.reviewMs ?? 0) + (piece.reviewMs ?? 0);
  return {
    ...piece,
    activeMs: before.activeMs + piece.activeMs,
    ...(reviewMs > 0 ? { reviewMs } : {}),
    byLabel,
  };
}
