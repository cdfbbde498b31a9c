import type { BuiltInPage } from '../security/bundle-responses';
import { APP_ORIGIN, INDEX_URL } from '../security/origins';

/** Why the workspace had to go; the words for each are below. */
export type RecoveryReason = 'crashed' | 'out-of-memory' | 'killed' | 'not-loaded';

interface Words {
  readonly title: string;
  readonly what: string;
}

const WORDS: Readonly<Record<RecoveryReason, Words>> = {
  crashed: {
    title: 'The workspace stopped working',
    what: 'Its process ended unexpectedly.',
  },
  'out-of-memory': {
    title: 'The workspace ran out of memory',
    what: 'Its process needed more memory than there was. Closing other programs gives it room.',
  },
  killed: {
    title: 'The workspace was ended',
    what: 'It did not answer, or the system ended its process.',
  },
  'not-loaded': {
    title: 'The workspace could not be opened',
    what: 'Its files could not be read. If reloading does not help, install Groundmark again; your work is kept apart from it.',
  },
};

export function recoveryReasonOf(reason: string): RecoveryReason {
  if (reason === 'oom') return 'out-of-memory';
  if (reason === 'killed') return 'killed';
  return 'crashed';
}

export function recoveryUrl(reason: RecoveryReason): string {
  return `${APP_ORIGIN}/recovery-${reason}.html`;
}

/**
 * The pages are whole and fixed: no data reaches them, so nothing that brought the workspace down can do so again, and
 * no text needs escaping. They live in main, so they show even when the bundle is missing.
 */
export const RECOVERY_PAGES: Readonly<Record<string, BuiltInPage>> = {
  ...Object.fromEntries(
    Object.entries(WORDS).map(([reason, words]) => [
      `recovery-${reason}.html`,
      { contentType: 'text/html; charset=utf-8', body: pageOf(words) },
    ]),
  ),
  'recovery.js': {
    contentType: 'text/javascript; charset=utf-8',
    body: `'use strict';
document.getElementById('show-log').addEventListener('click', () => {
  window.groundmark.invoke('log.reveal', {});
});
document.getElementById('reload').focus();
`,
  },
};

function pageOf({ title, what }: Words): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Groundmark</title>
<style>
:root { color-scheme: dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #1a1d21; color: #d9dce0; }
main { max-width: 480px; padding: 24px; }
h1 { font-size: 18px; font-weight: 600; margin: 0 0 8px; }
p { margin: 0 0 12px; color: #a3aab3; }
nav { display: flex; gap: 8px; margin-top: 20px; }
a, button { font: inherit; padding: 6px 14px; border-radius: 4px; border: 1px solid #6c757f; background: none; color: inherit; text-decoration: none; cursor: pointer; }
a { background: #2aa5aa; border-color: #2aa5aa; color: #0c1516; }
:focus-visible { outline: 2px solid #5cc5c9; outline-offset: 2px; }
</style>
</head>
<body>
<main role="alert">
<h1>${title}</h1>
<p>${what}</p>
<p>Everything that was shown as saved is safe in the database on this computer.</p>
<nav>
<a id="reload" href="${INDEX_URL}">Reload</a>
<button id="show-log" type="button">Show log</button>
</nav>
</main>
<script src="/recovery.js"></script>
</body>
</html>
`;
}
