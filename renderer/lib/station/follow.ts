import { safe } from '@orpc/client';
import type { StationClient } from '../../../shared/contract/index.ts';
import { errorCode } from './error-code.ts';
import { addEvents, applyFrame, useLive } from './live.ts';

const QUIET_MS = 20_000;
const PROBE_MS = 5_000;
const RECENT_EVENTS = 100;

/**
 * Follows the live picture until it ends: `signed-out` when the station says so, `broken` for anything else. Resumes after
 * the last journal row this window has seen. `giveUp` closes the connection.
 */
export async function followLive(
  client: StationClient,
  signal: AbortSignal,
  giveUp: () => void,
): Promise<'signed-out' | 'broken'> {
  const known = useLive.getState().frame?.seq;
  const watch = quietWatch(client, giveUp);
  try {
    // No signal goes with the call: an abort would be sent over a connection that is gone. Closing it ends the stream.
    const frames = await client.live(known === undefined ? {} : { afterSeq: known });
    if (known === undefined) void loadRecent(client);
    for await (const frame of frames) {
      if (signal.aborted) break;
      watch.heard();
      applyFrame(frame);
      if (frame.missed) void loadRecent(client);
    }
    return 'broken';
  } catch (error) {
    return errorCode(error) === 'UNAUTHORIZED' ? 'signed-out' : 'broken';
  } finally {
    watch.stop();
  }
}

async function loadRecent(client: StationClient): Promise<void> {
  const recent = await safe(client.events.list({ limit: RECENT_EVENTS }));
  if (recent.isSuccess) addEvents(recent.data);
}

/**
 * A cable that was pulled raises no event for minutes. When nothing was heard for a while the station is asked whether it is
 * there; without an answer the connection is given up.
 */
function quietWatch(client: StationClient, giveUp: () => void) {
  let stopped = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let probing: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(quiet);
    clearTimeout(probing);
  };
  const heard = (): void => {
    clear();
    if (stopped) return;
    quiet = setTimeout(() => {
      probing = setTimeout(giveUp, PROBE_MS);
      void safe(client.health()).then((answer) => {
        if (answer.isSuccess) heard();
      });
    }, QUIET_MS);
  };
  heard();
  return {
    heard,
    stop: () => {
      stopped = true;
      clear();
    },
  };
}
