import type { App, Session, WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** True for an address that our own screens come from. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === appOrigin;
}

/** No permission is ever granted (camera, location, notifications, devices …), and nothing is loaded from elsewhere. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const scheme = URL.parse(details.url)?.protocol ?? '';
    callback({ cancel: !(isOurs(details.url) || ['data:', 'blob:', 'devtools:'].includes(scheme)) });
  });
}

/** Every page of this program, whoever made it, stays where it is: no navigation, no new windows, no embedded pages. */
export function hardenContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => hardenPage(contents));
}

function hardenPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
