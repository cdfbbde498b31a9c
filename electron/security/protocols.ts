import { type CustomScheme, protocol, type Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME, ASSET_SCHEME } from './origins';

export type Responder = (request: Request) => Promise<Response>;

/** `codeCache` is newer than the oldest runtime, which ignores it; it saves compiling the bundle at every start. */
const SCHEMES: CustomScheme[] = [
  {
    scheme: APP_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
  },
  {
    scheme: ASSET_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
  },
];

/** Must run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged(SCHEMES);
}

/** After ready: main answers both schemes itself; there is no server and no file:// page. */
export function serveProtocols(
  session: Session,
  responders: { readonly bundle: Responder; readonly asset: Responder },
): void {
  session.protocol.handle(APP_SCHEME, responders.bundle);
  session.protocol.handle(ASSET_SCHEME, (request) => answerAsset(request, responders.asset));
}

/** Pictures may be read by the bundle's pages and by nobody else, whatever the responder says. */
async function answerAsset(request: Request, respond: Responder): Promise<Response> {
  if (request.method !== 'GET') return withAssetHeaders(new Response('Refused.', { status: 403 }));
  try {
    return withAssetHeaders(await respond(request));
  } catch {
    return withAssetHeaders(new Response('The picture could not be read.', { status: 500 }));
  }
}

function withAssetHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Access-Control-Allow-Origin', APP_ORIGIN);
  // The page is another origin than the asset; under COEP that must be said aloud.
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  headers.set('Access-Control-Expose-Headers', 'Groundmark-Picture-Size, Groundmark-Damaged-From-Row');
  headers.set('X-Content-Type-Options', 'nosniff');
  // An SVG or HTML file among the pictures stays inert even if something shows it as a document.
  headers.set('Content-Security-Policy', "default-src 'none'; sandbox");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
