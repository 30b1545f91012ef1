import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';

/** What stands in front of a platform in trouble. */
export const ERROR_PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/** Cuts the connection, with RST where it is plain. */
export function reset({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Half of the answer, then {@link reset}. */
export function cutShort(response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => reset(response));
}

/** Ends the answer; resolves with whether everything went out while the other side was still there. */
export function end(response: ServerResponse, body: string | Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    response.once('finish', () => resolve(true));
    response.once('close', () => resolve(false));
    response.end(body);
  });
}
