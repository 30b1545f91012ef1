import { safe } from '@orpc/client';
import type { StationClient } from '../../../shared/contract/index.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { backoffMs } from './backoff.ts';
import { setClient } from './client.ts';
import { errorCode } from './error-code.ts';
import { followLive } from './follow.ts';
import { clearLive } from './live.ts';
import { useSession } from './session.ts';
import { readToken, writeToken } from './token.ts';
import type { Transport } from './transport.ts';

export interface ConnectionOptions {
  readonly open: () => Promise<Transport>;
  readonly wait: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

interface Attached {
  readonly transport: Transport;
  /** Ends the live picture of the present sign-in; each sign-in has one of its own. */
  live: AbortController;
}

let attached: Attached | null = null;

type SignedIn = Awaited<ReturnType<StationClient['auth']['signIn']>>;

/** Takes over a sign-in that succeeded on the current connection and starts the live picture. */
export function beginSession(signedIn: SignedIn): void {
  writeToken(signedIn.token);
  useSession.setState({ user: signedIn.user, leftByChoice: false, expired: false });
  const here = attached;
  if (!here) return;
  // Somebody else may have been signed in on this connection: their picture ends here, and nothing it says counts any more.
  here.live.abort();
  const live = new AbortController();
  here.live = live;
  void followLive(here.transport.client, live.signal, () => here.transport.close()).then((end) => {
    if (live.signal.aborted) return;
    if (end === 'signed-out') endSession({ expired: true });
    // The picture stopped although the connection stands: only a new connection is known to be whole.
    here.transport.close();
  });
}

/** Forgets who was signed in. The picture goes with them: the next person may see less. */
export function endSession(how: { readonly expired: boolean }): void {
  attached?.live.abort();
  writeToken(null);
  clearLive();
  useSession.setState({ user: null, expired: how.expired, leftByChoice: !how.expired });
}

/** Keeps a connection to the station until `signal` says otherwise. Never rejects. */
export async function keepConnected(options: ConnectionOptions): Promise<void> {
  for (let attempt = 1; !options.signal.aborted; attempt += 1) {
    const lived = await connectOnce(options).catch(() => false);
    if (options.signal.aborted) return;
    if (lived) attempt = 1;
    useSession.setState((state) => ({
      link: state.status === null ? 'connecting' : 'lost',
      lostAt: state.lostAt ?? Date.now(),
      attempt,
    }));
    await options.wait(backoffMs(attempt, options.random()));
  }
}

/** Resolves true when a connection stood and then ended. */
async function connectOnce(options: ConnectionOptions): Promise<boolean> {
  const transport = await options.open();
  const here: Attached = { transport, live: new AbortController() };
  const stop = (): void => transport.close();
  options.signal.addEventListener('abort', stop, { once: true });
  attached = here;
  setClient(transport.client);
  try {
    await greet(transport.client);
    useSession.setState({ link: 'online', lostAt: null, attempt: 0 });
    await transport.closed;
    return true;
  } finally {
    here.live.abort();
    setClient(null);
    attached = null;
    options.signal.removeEventListener('abort', stop);
    transport.close();
  }
}

/** Learns what stands at the other end and binds an earlier sign-in, or the demo's own, to this connection. */
async function greet(client: StationClient): Promise<void> {
  const status = await client.auth.status();
  const before = useSession.getState().status;
  // Another car park stands there now: not one frame of the demo may be shown as a picture of the real one, or the other way round.
  if (before !== null && before.demo !== status.demo) clearLive();
  useSession.setState({ status, skewMs: fromRfc3339(status.time) - Date.now() });
  const token = readToken();
  if (token !== null) {
    const resumed = await safe(client.auth.resume({ token }));
    if (resumed.isSuccess) return beginSession(resumed.data);
    if (errorCode(resumed.error) !== 'UNAUTHORIZED') throw resumed.error;
    endSession({ expired: true });
  }
  if (status.demo && !useSession.getState().leftByChoice) {
    const demo = await safe(client.auth.demoSignIn());
    if (demo.isSuccess) beginSession(demo.data);
  }
}
