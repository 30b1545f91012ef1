import { safe } from '@orpc/client';
import { create } from 'zustand';
import type { StationClient } from '../../../shared/contract/index.ts';
import { readRealToken } from '../../lib/station/token.ts';
import type { Transport } from '../../lib/station/transport.ts';
import { needsPerson } from './needs-person.ts';

interface RealWatch {
  /** Names of the real lanes at which a car waits for a person; null while they cannot be seen. */
  readonly waiting: readonly string[] | null;
  /** The real station says that nobody practises any more. */
  readonly over: boolean;
}

export const useRealWatch = create<RealWatch>(() => ({ waiting: [], over: false }));

const AGAIN_MS = 2_000;
let client: StationClient | null = null;

/**
 * Keeps an eye on the real lanes while this window practises: a car that waits there comes first. A connection of its own, over which
 * nothing is ever asked to be done but to end the practice.
 */
export async function watchReal(open: () => Promise<Transport>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const seen = await look(open, signal).catch(() => 'lost' as const);
    client = null;
    if (signal.aborted) return;
    if (seen === 'over') {
      useRealWatch.setState({ over: true });
      return;
    }
    useRealWatch.setState({ waiting: null });
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function look(open: () => Promise<Transport>, signal: AbortSignal): Promise<'over' | 'lost'> {
  const token = readRealToken();
  if (token === null) return 'lost';
  const transport: Transport = await open();
  const stop = (): void => transport.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await transport.client.auth.resume({ token });
    if (!(await transport.client.practice.state()).running) return 'over';
    client = transport.client;
    for await (const { lanes, events } of await transport.client.live({})) {
      if (signal.aborted) break;
      useRealWatch.setState({ waiting: lanes.filter(needsPerson).map(({ name }) => name) });
      if (events.some(({ kind }) => kind === 'practice-ended') && !(await transport.client.practice.state()).running)
        return 'over';
    }
    return 'lost';
  } finally {
    signal.removeEventListener('abort', stop);
    transport.close();
  }
}

/** Tells the real station that this trainee is done. Without an answer it finds out by itself a little later. */
export async function tellDone(): Promise<void> {
  if (!client) return;
  const call = client.practice.stop();
  await Promise.race([safe(call), new Promise((resolve) => setTimeout(resolve, AGAIN_MS))]);
}
