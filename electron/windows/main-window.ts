import path from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { CHANNELS, EVENTS } from '../../shared/ipc/contract';
import { NAMES_ARGUMENT, type WireNames } from '../../shared/ipc/wire';
import { INDEX_URL } from '../security/origins';
import {
  placeWindow,
  readWindowState,
  SMALLEST_WINDOW,
  type WindowState,
  writeWindowState,
} from './window-state';

/** The dark theme's ground: no white flash before the page has drawn. */
const BACKGROUND_COLOUR = '#1a1d21';

/** A page that never reports its first frame must not leave the person without a window. */
const SHOW_AT_LATEST_MS = 5000;

/** Dragging a window fires dozens of events a second; the place is written when it rests. */
const REMEMBER_AFTER_MS = 500;

function wireNames(): string {
  const names: WireNames = { channels: Object.keys(CHANNELS), events: Object.keys(EVENTS) };
  return `${NAMES_ARGUMENT}${encodeURIComponent(JSON.stringify(names))}`;
}

/** Makes the one window at its remembered place and starts loading `url`; it shows itself with its first frame. */
export function createMainWindow(options: {
  readonly preload: string;
  readonly stateFile: string;
  readonly url?: string;
}): BrowserWindow {
  const state = readWindowState(options.stateFile);
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
  const bounds = placeWindow(
    state?.bounds ?? null,
    displays.map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: 'Groundmark',
    backgroundColor: BACKGROUND_COLOUR,
    show: false,
    webPreferences: {
      preload: path.resolve(options.preload),
      additionalArguments: [wireNames()],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      // Saving and jobs go on while another window covers ours.
      backgroundThrottling: false,
    },
  });
  if (state?.isMaximized) window.maximize();
  if (state?.isFullScreen) window.setFullScreen(true);
  showWithFirstFrame(window);
  rememberPlace(window, options.stateFile);
  // A failed load shows itself by the recovery page; see crash-recovery.ts.
  window.loadURL(options.url ?? INDEX_URL).catch(() => undefined);
  return window;
}

function showWithFirstFrame(window: BrowserWindow): void {
  const show = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const timer = setTimeout(show, SHOW_AT_LATEST_MS);
  window.once('ready-to-show', show);
}

function rememberPlace(window: BrowserWindow, stateFile: string): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    if (window.isDestroyed()) return;
    const state: WindowState = {
      // The place it returns to when it is no longer maximized.
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    };
    writeWindowState(stateFile, state);
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, REMEMBER_AFTER_MS);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('close', () => {
    clearTimeout(timer);
    write();
  });
}

/** A second start of the app shows the window that is open already. */
export function focusWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
