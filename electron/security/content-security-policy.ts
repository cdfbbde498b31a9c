/**
 * Nothing unless listed; each line says what needs it. Scripts come from the bundle alone: no `unsafe-eval`, no
 * `wasm-unsafe-eval`, no inline scripts.
 */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  // Decoding and format workers are files of the bundle; `blob:` is how bundlers start inlined ones.
  'worker-src': "'self' blob:",
  // Mantine writes its theme variables into a <style> element at run time. Inline styles cannot run code here, and
  // nothing can be fetched by them, because every fetching directive below is local.
  'style-src': "'self' 'unsafe-inline'",
  // Pictures and thumbnails, drawn canvases, and the icons that CSS carries as data.
  'img-src': "'self' asset: blob: data:",
  // Pictures are fetched and decoded off the main thread.
  'connect-src': "'self' asset:",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

export const CONTENT_SECURITY_POLICY = Object.entries(DIRECTIVES)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/**
 * Sent with every response of the bundle. COOP and COEP isolate the page from any other, which also gives it the
 * high-resolution clock and SharedArrayBuffer that decoding workers use.
 */
export const BUNDLE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};
