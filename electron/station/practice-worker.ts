import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PracticePlatform } from './practice/platform.ts';
import { type FromThread, seatSchema, toThreadSchema } from './practice/protocol.ts';
import { practiceProvision } from './practice/provision.ts';
import { errorText } from './runtime/errors.ts';
import type { Log } from './runtime/ports.ts';
import { openStation, type Station } from './station.ts';

/** Entry of the practice station's thread: a whole station, reached by the ports it is handed and in no other way. */
const seat = seatSchema.parse(workerData);
const parent = parentPort;
if (!parent) throw new Error('the practice station is a thread');
const tell = (message: FromThread): void => parent.postMessage(message);

/** Its log goes into the real station's, under a name of its own. */
const logOf = (scope: string): Log => {
  const line =
    (level: Extract<FromThread, { kind: 'log' }>['level']) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      tell({ kind: 'log', level, message, fields: { scope, ...plain(fields) } });
  const info = line('debug');
  return {
    // What goes well in practice is no news.
    ...{ debug: () => undefined, info, warn: line('warn'), error: line('error') },
    child: (name) => logOf(scope === '' ? name : `${scope}/${name}`),
  };
};

/** Errors do not travel well between threads. */
function plain(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? errorText(value) : value,
    ]),
  );
}

async function open(): Promise<Station> {
  const password = randomBytes(24).toString('base64url');
  const provisionFile = join(seat.directory, 'provision.json');
  writeFileSync(provisionFile, JSON.stringify(practiceProvision(seat, password)), { mode: 0o600 });
  const station = await openStation({
    dataDirectory: seat.directory,
    host: '127.0.0.1',
    port: 0,
    provisionFile,
    demo: false,
    version: seat.version,
    log: logOf(''),
    practice: {
      trainee: seat.trainee,
      password,
      counted: (count) => tell({ kind: 'lessons', count }),
      platform: new PracticePlatform(),
    },
  });
  tell({ kind: 'ready', token: station.practiceToken ?? '' });
  return station;
}

const station = open();
station.catch((error: unknown) => {
  tell({ kind: 'failed', reason: errorText(error) });
  process.exit(1);
});

parent.on('message', (raw: unknown) => {
  const message = toThreadSchema.parse(raw);
  if (message.kind === 'stop') void end();
  else void connect(message.port);
});

async function connect(port: MessagePort): Promise<void> {
  const running = await station.catch(() => undefined);
  if (!running) return port.close();
  running.connect(port);
  port.start();
}

async function end(): Promise<void> {
  await station.then((running) => running.stop()).catch(() => undefined);
  process.exit(0);
}
