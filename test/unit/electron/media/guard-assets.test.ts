import { describe, expect, it } from 'vitest';
import { guardAssets } from '../../../../electron/media/guard-assets';
import type { SessionState } from '../../../../shared/ipc/channels/people';
import type { Actor, PersonId } from '../../../../shared/schema/ids';

const BEN = {
  personId: '7e57ab1e-0000-4000-8000-00000000be00' as PersonId,
  name: 'Ben' as Actor,
  role: 'labeller' as const,
};

function guarded(kind: SessionState['kind']) {
  const at = { kind };
  const listeners: (() => void)[] = [];
  const refused: string[] = [];
  let answered = 0;
  const respond = guardAssets(
    async () => {
      answered += 1;
      return new Response('picture');
    },
    {
      state: () => ({
        kind: at.kind,
        session: at.kind === 'signedIn' || at.kind === 'locked' ? BEN : null,
        problem: null,
      }),
      subscribe: (listener) => listeners.push(listener),
      onRefused: (url) => refused.push(url),
    },
  );
  return {
    refused,
    answered: () => answered,
    ask: () => respond(new Request('asset://thumb/abc')),
    become(next: SessionState['kind']) {
      at.kind = next;
      for (const listener of listeners) listener();
    },
  };
}

/** Whether a response is there after everything that could run has run. */
async function hasCome(response: Promise<Response>): Promise<boolean> {
  return Promise.race([
    response.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 30)),
  ]);
}

describe('pictures', () => {
  it.each(['open', 'signedIn'] as const)('are given while it is %s', async (kind) => {
    expect(await (await guarded(kind).ask()).text()).toBe('picture');
  });

  it('are refused while nobody is signed in, and it is noted', async () => {
    const { ask, answered, refused } = guarded('signedOut');
    expect((await ask()).status).toBe(403);
    expect([answered(), refused]).toEqual([0, ['asset://thumb/abc']]);
  });

  it('are kept back while the person is away, and come when they are back', async () => {
    const { ask, answered, become } = guarded('locked');
    const response = ask();
    expect(await hasCome(response)).toBe(false);
    become('locked');
    expect(await hasCome(response)).toBe(false);
    expect(answered()).toBe(0);
    become('signedIn');
    expect(await (await response).text()).toBe('picture');
  });

  it('are refused when the person signs out instead', async () => {
    const { ask, answered, become } = guarded('locked');
    const response = ask();
    expect(await hasCome(response)).toBe(false);
    become('signedOut');
    expect((await response).status).toBe(403);
    expect(answered()).toBe(0);
  });

  it('that are asked for by the thousand are not kept', async () => {
    const { ask, become, refused } = guarded('locked');
    const all = Array.from({ length: 1001 }, ask);
    expect((await all[1000])?.status).toBe(403);
    become('signedIn');
    expect((await all[999])?.status).toBe(200);
    expect(refused).toHaveLength(1);
  });
});
