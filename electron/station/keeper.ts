import { SystemClock, sleep } from './runtime/clock.ts';
import { errorText } from './runtime/errors.ts';
import { openStation, type Station, type StationOptions } from './station.ts';

/** A station that opens itself again when its configuration or its data are replaced. */
export interface KeptStation extends Station {
  /** Resolves with the reason when it could not be opened again; whoever runs it ends then. */
  readonly lost: Promise<unknown>;
}

/** Somebody may take the port in the moment between. */
const TRIES = 10;
const PAUSE_MS = 500;

/**
 * The one place that keeps a station open: it is closed and opened again on the same port and directory, by the same path as a
 * restart. Whoever asks for a connection meanwhile gets one to the new station.
 *
 * @throws ConfigError | DatabaseError | PortTakenError from the first opening
 */
export async function keepStation(given: StationOptions, open = openStation): Promise<KeptStation> {
  const clock = given.clock ?? new SystemClock();
  const lost = Promise.withResolvers<unknown>();
  let stopped = false;
  let turning: Promise<void> | undefined;
  /** Connections that were asked for in between. */
  let waiting: Parameters<Station['connect']>[0][] = [];

  const reopen = (): void => {
    turning ??= turn()
      .catch((error: unknown) => lost.resolve(error))
      .finally(() => {
        turning = undefined;
      });
  };
  let current = await open({ ...given, reopen });
  const { url } = current;
  // What was given counted for the first opening; from here on what is stored counts, and the port that it was.
  const again: StationOptions = { ...given, provisionFile: null, port: Number(new URL(url).port), reopen };

  const turn = async (): Promise<void> => {
    await current.stop();
    for (let attempt = 1; !stopped; attempt += 1)
      try {
        current = await open(again);
        break;
      } catch (error) {
        if (attempt >= TRIES) throw error;
        given.log.error('the station could not be opened again', { attempt, error: errorText(error) });
        await sleep(clock, PAUSE_MS);
      }
    for (const port of waiting.splice(0)) current.connect(port);
  };

  return {
    url,
    get demo() {
      return current.demo;
    },
    lost: lost.promise,
    connect: (port) => {
      if (turning) waiting.push(port);
      else current.connect(port);
    },
    // Between the two there is no practice station, and the window hears so.
    connectPractice: (line) => current.connectPractice(line),
    practiceToken: null,
    stop: async () => {
      stopped = true;
      waiting = [];
      await turning;
      await current.stop();
    },
  };
}
