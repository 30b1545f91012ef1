import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/** Where the screens come from. An own scheme, because a page from `file://` has more rights than ours may have. */
export const appOrigin = 'app://gatehouse';

/** Everything comes from the program itself. Inline styles are how the component library works; scripts never are. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wasm': 'application/wasm',
};

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built screens in `folder` as `app://gatehouse/…` to the windows of `session`. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', (request) => answer(folder, request));
}

/** The file for a request, or 404; never anything outside `folder`. */
export async function answer(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  const path = request.method === 'GET' ? fileFor(folder, request.url) : undefined;
  const type = path === undefined ? undefined : contentTypes[extname(path)];
  if (path === undefined || type === undefined) return refusal();
  try {
    return new Response(await readFile(path), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  } catch {
    return refusal();
  }
}

const refusal = (): Response => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });

function fileFor(folder: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'app:' || url.host !== 'gatehouse') return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  const path = resolve(folder, `.${name.endsWith('/') ? `${name}index.html` : name}`);
  return path.startsWith(resolve(folder) + sep) && !path.includes('\0') ? path : undefined;
}
