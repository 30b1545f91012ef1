import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { StationClient } from '../shared/contract/index.ts';
import type { Transport } from './lib/station/transport.ts';

/** What the preload script puts on `window`: nothing but the wish for a port and the name of the operating system. */
export interface GatehouseBridge {
  /** Asks for a new port to the station; it arrives as a window message `gatehouse:port` with the port attached. */
  connect(): void;
  /** The same to the practice station; the message is `gatehouse:practice-port`. */
  practise(): void;
  readonly platform: string;
}

declare global {
  interface Window {
    readonly gatehouse?: GatehouseBridge;
  }
}

const OPEN_TIMEOUT_MS = 8_000;

/** Opens a fresh connection to the station: a message port inside the desktop shell, a WebSocket in a browser. */
export function openTransport(): Promise<Transport> {
  const bridge = window.gatehouse;
  return bridge ? openPort('gatehouse:port', () => bridge.connect()) : openSocket('/rpc');
}

/** The same to the practice station: another door, so that nothing said here can reach the real one. */
export function openPracticeTransport(): Promise<Transport> {
  const bridge = window.gatehouse;
  return bridge ? openPort('gatehouse:practice-port', () => bridge.practise()) : openSocket('/practice/rpc');
}

function openPort(answer: string, ask: () => void): Promise<Transport> {
  const { promise, resolve, reject } = Promise.withResolvers<Transport>();
  const timer = setTimeout(() => finish(() => reject(new Error('the shell gave no port'))), OPEN_TIMEOUT_MS);
  const onMessage = (event: MessageEvent): void => {
    // Only the preload script of this very window may hand over a port; a frame or another origin may not.
    if (event.source !== window || event.data !== answer) return;
    const port = event.ports[0];
    if (port) finish(() => resolve(overPort(port)));
  };
  const finish = (settle: () => void): void => {
    clearTimeout(timer);
    window.removeEventListener('message', onMessage);
    settle();
  };
  window.addEventListener('message', onMessage);
  ask();
  return promise;
}

function overPort(port: MessagePort): Transport {
  const closed = Promise.withResolvers<void>();
  port.addEventListener('close', () => closed.resolve());
  const client: StationClient = createORPCClient(new PortLink({ port }));
  port.start();
  return {
    client,
    closed: closed.promise,
    close: () => {
      port.close();
      // Closing one's own end raises no event here.
      closed.resolve();
    },
  };
}

function openSocket(path: string): Promise<Transport> {
  const { promise, resolve, reject } = Promise.withResolvers<Transport>();
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const websocket = new WebSocket(`${scheme}://${window.location.host}${path}`);
  const closed = Promise.withResolvers<void>();
  const timer = setTimeout(() => websocket.close(), OPEN_TIMEOUT_MS);
  websocket.addEventListener('open', () => {
    clearTimeout(timer);
    const client: StationClient = createORPCClient(new SocketLink({ websocket }));
    resolve({ client, closed: closed.promise, close: () => websocket.close() });
  });
  websocket.addEventListener('close', () => {
    clearTimeout(timer);
    reject(new Error('the station does not answer'));
    closed.resolve();
  });
  return promise;
}
