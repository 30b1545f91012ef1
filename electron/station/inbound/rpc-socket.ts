import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiContext } from '../api/context.ts';
import { logDefects } from '../api/log-defects.ts';
import type { PracticeLine } from '../api/practice-port.ts';
import type { ApiRouter } from '../api/router.ts';
import { errorText } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import { peerOf } from './api-routes.ts';
import { isOwnName } from './host-guard.ts';
import type { FastifyInstance } from './http-server.ts';

const PATH = '/rpc';
const PRACTICE_PATH = '/practice/rpc';
const MAX_MESSAGE = 1024 * 1024;
/** A reader further behind than this is cut off; it comes back and resumes. */
const MAX_BUFFERED = 8 * 1024 * 1024;

/**
 * The UI's connection: the contract over one WebSocket. Sign-in belongs to the connection. Pages of other origins and
 * foreign names are refused, so that a web site open on the same PC cannot speak to the booth.
 */
export function mountRpcSocket(
  app: FastifyInstance,
  router: ApiRouter,
  log: Log,
  /** Where the windows of somebody who practises go: the same door, another station. */
  practise: (line: PracticeLine) => void,
): { close(): void } {
  const handler = new RPCHandler<ApiContext>(router, { clientInterceptors: [logDefects(log)] });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // From here on nobody but us listens to this socket: an error that finds no listener would end the station.
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    if ((path !== PATH && path !== PRACTICE_PATH) || !sameOrigin(request)) {
      socket.once('finish', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      const context: ApiContext = { session: { principal: null }, ...peerOf(request) };
      connection.on('error', (error) => log.debug('a UI connection failed', { error: errorText(error) }));
      if (path === PRACTICE_PATH) return practise(practiceLine(connection));
      const bounded = {
        addEventListener: connection.addEventListener.bind(connection),
        send: (data: Parameters<typeof connection.send>[0]) => {
          if (connection.bufferedAmount > MAX_BUFFERED) connection.terminate();
          else connection.send(data);
        },
      };
      handler
        .upgrade(bounded, { context })
        .catch((error: unknown) => log.warn('a UI connection could not be served', { error: errorText(error) }));
    });
  });
  return {
    close: () => {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
    },
  };
}

/** A window that practises: its messages go on as they are. */
function practiceLine(connection: WebSocket): PracticeLine {
  return {
    send: (data) => {
      if (connection.bufferedAmount > MAX_BUFFERED) connection.terminate();
      else connection.send(data);
    },
    onMessage: (listener) =>
      connection.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' || data instanceof ArrayBuffer || data instanceof Uint8Array) listener(data);
      }),
    onClose: (listener) => connection.addEventListener('close', listener, { once: true }),
    close: () => connection.close(),
  };
}

function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!isOwnName(host)) return false;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
