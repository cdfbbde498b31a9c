import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCloseFlow } from '../../../../electron/windows/close-flow';

/** What the flow uses of a window, with closing as Electron does it: ask the listeners, go unless one prevents it. */
class TestWindow extends EventEmitter {
  isGone = false;
  webContents = Object.assign(new EventEmitter(), {
    isCrashed: () => false,
    isLoadingMainFrame: () => false,
    getURL: (): string => 'app://bundle/index.html',
  });
  isDestroyed = () => this.isGone;
  destroy = () => {
    this.isGone = true;
  };
  close() {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.isGone = true;
  }
}

let told: string[];
let logged: string[];
let window: TestWindow;
let flow: ReturnType<typeof createCloseFlow>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  logged = [];
  window = new TestWindow();
  flow = createCloseFlow((event) => told.push(event), {
    file: '',
    write: (_level, message) => logged.push(message),
  });
  flow.watch(window as unknown as BrowserWindow);
});
afterEach(() => vi.useRealTimers());

const ready = () => flow.channels['app.readyToClose']({}, { window: window as never, emit: () => undefined });

describe('closing', () => {
  it('tells the page once and goes when it is ready', async () => {
    window.close();
    window.close();
    expect(told).toEqual(['app.closing']);
    expect(window.isGone).toBe(false);
    await ready();
    expect(window.isGone).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(logged).toEqual([]);
  });

  it('waits ten seconds for a page that says nothing, and not longer', () => {
    window.close();
    vi.advanceTimersByTime(9_999);
    expect(window.isGone).toBe(false);
    vi.advanceTimersByTime(1);
    expect(window.isGone).toBe(true);
    expect(logged).toHaveLength(1);
  });

  it('does not wait for a page that cannot answer', () => {
    window.webContents.getURL = () => 'app://bundle/recovery-crashed.html';
    window.close();
    expect(window.isGone).toBe(true);
    expect(told).toEqual([]);
  });

  it('goes at once when the page dies while it gets ready', () => {
    window.close();
    window.webContents.emit('render-process-gone');
    expect(window.isGone).toBe(true);
  });

  it('ignores a page that is ready without being asked', async () => {
    await ready();
    expect(window.isGone).toBe(false);
  });
});
