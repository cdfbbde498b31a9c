import type { CommandLine, Session } from 'electron';

/** What a page or Chromium itself may load. http, https, ws, wss, ftp and file are refused by not being here. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set([
  'app:', // the bundle
  'asset:', // pictures by grant
  'blob:', // canvases and workers made by the page
  'data:', // icons in CSS
  'devtools:', // the developer tools' own pages, opened from unpackaged builds only
  'chrome-extension:', // the developer tools' inner frames; no extension is ever loaded
]);

export function isRequestAllowed(url: string): boolean {
  try {
    return LOCAL_SCHEMES.has(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * Groundmark makes no network request. The page is held by its content policy already; this holds everything else
 * that goes through Chromium, and is the layer that counts if a page is ever taken over.
 */
export function denyNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isRequestAllowed(details.url) });
  });
  // Dictionaries are the one thing that Electron downloads by itself.
  session.setSpellCheckerEnabled(false);
}

/** Before the app is ready: Chromium's own background chatter, and names that resolve to nothing as the last layer. */
export function denyNetworkOfChromium(commandLine: CommandLine): void {
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
  commandLine.appendSwitch('disable-domain-reliability');
  commandLine.appendSwitch('no-pings');
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}
