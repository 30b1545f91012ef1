import { onMessagePortClose } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { ApiContext } from './api/context.ts';
import { logDefects } from './api/log-defects.ts';
import type { ApiRouter } from './api/router.ts';
import type { Log } from './runtime/ports.ts';
import type { StationPort } from './station-options.ts';

/**
 * The windows of this machine, each with a message port. A window whose port closes asks for another one, and
 * gets it from whatever station runs by then.
 */
export class WindowPorts {
  readonly #serve: (port: StationPort) => void;
  readonly #open = new Set<StationPort>();

  constructor(serve: (port: StationPort) => void) {
    this.#serve = serve;
  }

  connect(port: StationPort): void {
    this.#open.add(port);
    // Windows come and go for weeks: a port that is gone must not be kept.
    onMessagePortClose(port, () => this.#open.delete(port));
    this.#serve(port);
  }

  close(): void {
    for (const port of this.#open) port.close();
    this.#open.clear();
  }
}

/** Serves the contract over a port: one connection, signed in by nobody yet. */
export function portServer(router: ApiRouter, log: Log): (port: StationPort) => void {
  const handler = new RPCHandler<ApiContext>(router, { clientInterceptors: [logDefects(log)] });
  return (port) => handler.upgrade(port, { context: { session: { principal: null }, local: true } });
}
