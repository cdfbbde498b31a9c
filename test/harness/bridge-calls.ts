import type { Page } from '@playwright/test';
import type { ChannelArgs, ChannelName, ChannelResult, EventName, Reply } from '../../shared/ipc/contract';

/** What the preload puts on `window`, as a page sees it. */
interface PageBridge {
  readonly groundmark: {
    invoke(channel: string, args: unknown): Promise<unknown>;
    subscribe(event: string, listener: (payload: unknown) => void): () => void;
  };
  readonly heardByTest: Record<string, unknown[]>;
}

/** Calls main through the page's own bridge, as the renderer does. */
export async function callMain<C extends ChannelName>(
  page: Page,
  channel: C,
  args: ChannelArgs<C>,
): Promise<Reply<ChannelResult<C>>> {
  const reply = await callMainRaw(page, channel, args);
  return reply as Reply<ChannelResult<C>>;
}

/** The same with anything at all, for showing refusals. */
export function callMainRaw(page: Page, channel: unknown, args: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, given]) => (globalThis as unknown as PageBridge).groundmark.invoke(name as string, given),
    [channel, args] as const,
  );
}

/** Begins to collect an event's payloads in the page; `heardEvents` gives them. */
export function listenFor(page: Page, event: EventName): Promise<void> {
  return page.evaluate((name) => {
    const scope = globalThis as unknown as { heardByTest?: Record<string, unknown[]> } & PageBridge;
    const heard: unknown[] = [];
    Object.assign(scope, { heardByTest: { ...scope.heardByTest, [name]: heard } });
    scope.groundmark.subscribe(name, (payload) => heard.push(payload));
  }, event);
}

export function heardEvents(page: Page, event: EventName): Promise<unknown[]> {
  return page.evaluate((name) => (globalThis as unknown as PageBridge).heardByTest[name] ?? [], event);
}
