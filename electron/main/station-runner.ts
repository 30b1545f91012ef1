import type { MessagePortMain, ParentPort } from 'electron';
import type { PracticeLine } from '../station/station.ts';
import { type FromStation, REFUSED_EXIT_CODE, type StationOptions, toStationSchema } from './protocol.ts';

/** The station, as far as its process is concerned. */
export interface RunningStation {
  /** Where it listens, e.g. `http://127.0.0.1:8700`. */
  readonly url: string;
  /** Serves the contract over a port until the port closes. */
  connect(port: MessagePortMain): void;
  /** Passes a window's messages on to the practice station. */
  connectPractice(line: PracticeLine): void;
  stop(): Promise<void>;
  /** Resolves with the reason when it cannot go on. */
  readonly lost: Promise<unknown>;
}

export interface RunnerDeps {
  readonly parent: Pick<ParentPort, 'on' | 'postMessage'>;
  /** Rejects when the station cannot run. */
  readonly open: (options: StationOptions) => Promise<RunningStation>;
  /** The sentence for a person, when starting again would end the same way; `undefined` for a defect or bad luck. */
  readonly refusal: (error: unknown) => string | undefined;
  /** Stores why the process ends, at once: it ends right after. */
  readonly lastWords: (dataDirectory: string, error: unknown) => void;
  readonly exit: (code: number) => void;
}

/** The life of the station's process: opened once, connected often, stopped cleanly. Exit code 1 asks to be started again. */
export function runInProcess({ parent, open, refusal, lastWords, exit }: RunnerDeps): void {
  let station: Promise<RunningStation> | undefined;
  const tell = (message: FromStation): void => parent.postMessage(message);

  const begin = async (options: StationOptions): Promise<void> => {
    try {
      station = open(options);
      const { url, lost } = await station;
      void lost.then((error) => {
        // It ran until now: started again it may well run, so nobody is told that a person must act.
        lastWords(options.dataDirectory, error);
        exit(1);
      });
      tell({ kind: 'ready', url });
    } catch (error) {
      lastWords(options.dataDirectory, error);
      const text = refusal(error);
      if (text !== undefined) tell({ kind: 'refused', text });
      exit(text === undefined ? 1 : REFUSED_EXIT_CODE);
    }
  };
  const end = async (): Promise<void> => {
    const running = await station?.catch(() => undefined);
    await running?.stop();
    exit(0);
  };
  const connect = async (port: MessagePortMain): Promise<void> => {
    const running = await station?.catch(() => undefined);
    if (running) running.connect(port);
    else port.close();
  };

  const practise = async (port: MessagePortMain): Promise<void> => {
    const running = await station?.catch(() => undefined);
    if (running) running.connectPractice(lineOf(port));
    else port.close();
  };

  parent.on('message', ({ data, ports }) => {
    const message = toStationSchema.parse(data);
    if (message.kind === 'start') void begin(message.options);
    else if (message.kind === 'stop') end().catch(() => exit(1));
    else if (message.kind === 'connect') for (const port of ports) void connect(port);
    else for (const port of ports) void practise(port);
  });
}

/** A port of a window as a line to the practice station, which lives in a thread that no such port can be handed to. */
function lineOf(port: MessagePortMain): PracticeLine {
  return {
    send: (data) => port.postMessage(data),
    onMessage: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => {
        if (typeof data === 'string' || data instanceof ArrayBuffer || data instanceof Uint8Array) listener(data);
      });
      port.start();
    },
    onClose: (listener) => port.once('close', listener),
    close: () => port.close(),
  };
}
