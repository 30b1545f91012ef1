import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PlatformDeps } from '../../../../electron/station/platforms/platform.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import { SystemClock } from '../../../../electron/station/runtime/clock.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { deps, MemoryStation, noticePayload, settings } from './support.ts';

const TOPIC = 'qdpark/v1/specialCar/234/1001';
const notice = {
  ...{ parkingCode: '1001', plateNo: '鲁B01001', carType: 1, operateType: 1, operate: 0, remark: '' },
  ...{ operateTime: '2026-03-02 08:08:08', startTime: '2026-03-02 08:08:08', endTime: '2026-12-31 23:59:59' },
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Login {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** A broker on a port of its own; `drop` cuts every line, the sessions stay. */
async function startBroker(port = 0, refuse: (topic: string) => boolean = () => false) {
  const broker = await Aedes.createBroker();
  const logins: Login[] = [];
  const subscribed: string[] = [];
  broker.authenticate = (client, username, password, done) => {
    logins.push({ clientId: client.id, username, password: password?.toString() });
    done(null, true);
  };
  broker.authorizeSubscribe = (_client, subscription, done) => {
    if (refuse(subscription.topic)) {
      done(null, null);
      return;
    }
    subscribed.push(subscription.topic);
    done(null, subscription);
  };
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    drop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => broker.close(() => resolve()));
  };
  cleanups.push(close);
  const url = `mqtt://127.0.0.1:${address.port}`;
  const publish = async (payload: Buffer, topic = TOPIC): Promise<void> => {
    const client = await connectAsync(url, { clientId: `platform-${Math.random()}` });
    await client.publishAsync(topic, payload, { qos: 1 });
    await client.endAsync();
  };
  return { url, server, port: address.port, logins, subscribed, drop, close, publish };
}

function platform(url: string, mqtt: Readonly<Record<string, unknown>> = {}, given: Partial<PlatformDeps> = {}) {
  const made = qingdao.create(
    settings({ mqtt: { url, reconnectFirstMs: 100, reconnectMaxMs: 1000, ...mqtt } }),
    deps({ clock: new SystemClock(), ...given }),
  );
  cleanups.push(() => made.stop());
  return made;
}

const online = (made: ReturnType<typeof platform>) =>
  vi.waitFor(() => expect(made.status().downlink).toBe('online'), { timeout: 5000 });

const NOTICES = ['specialCar', 'fee', 'payResult', 'departurePayInfo', 'overDueResult'];

describe('the line to the broker', () => {
  it('logs in as the access number with the private key as one line, and asks for both spellings', async () => {
    const broker = await startBroker();
    const made = platform(broker.url);
    expect(made.status().downlink).toBe('offline');
    await made.start();
    await online(made);
    expect(broker.logins[0]).toMatchObject({ clientId: '234', username: '234' });
    expect(broker.logins[0]?.password).toMatch(/^MII[A-Za-z0-9+/=]{500,}$/);
    const plain = NOTICES.map((name) => `qdpark/v1/${name}/234/1001`);
    // The other spelling comes last: some brokers cut the line over it.
    expect(broker.subscribed).toEqual([...plain, ...plain.map((topic) => `/${topic}`)]);
    await made.stop();
    expect(made.status().downlink).toBe('offline');
  });

  it('uses the credentials and the node it was given', async () => {
    const broker = await startBroker();
    const made = platform(broker.url, { node: 2, password: 'secret', leadingSlash: 'never' });
    await made.start();
    await online(made);
    expect(broker.logins[0]).toEqual({ clientId: '234_2', username: '234_2', password: 'secret' });
    expect(broker.subscribed).toEqual(NOTICES.map((name) => `qdpark/v1/${name}/234_2/1001`));
  });

  it('handles a notice and gets it once', async () => {
    const broker = await startBroker();
    const commands = new MemoryStation();
    const made = platform(broker.url, {}, { commands });
    await made.start();
    await online(made);
    await broker.publish(noticePayload('5', '2026-03-02 09:00:00', notice));
    await vi.waitFor(() => expect(commands.drafts.size).toBe(1));
    broker.drop();
    await vi.waitFor(() => expect(broker.logins.length).toBeGreaterThanOrEqual(3), { timeout: 5000 });
    await online(made);
    expect(commands.changes).toHaveLength(1);
  });

  it('is given later what came while it was away', async () => {
    const broker = await startBroker();
    const first = platform(broker.url);
    await first.start();
    await online(first);
    await first.stop();
    await broker.publish(noticePayload('5', '2026-03-02 09:00:00', notice));
    const commands = new MemoryStation();
    const second = platform(broker.url, {}, { commands });
    await second.start();
    await vi.waitFor(() => expect(commands.drafts.size).toBe(1), { timeout: 5000 });
  });

  it('does not acknowledge what could not be stored: it comes again', async () => {
    const broker = await startBroker();
    const commands = new MemoryStation();
    const made = platform(broker.url, {}, { commands });
    await made.start();
    await online(made);
    commands.broken = true;
    await broker.publish(noticePayload('5', '2026-03-02 09:00:00', notice));
    await vi.waitFor(() => expect(made.status().downlink).toBe('offline'), { timeout: 5000 });
    expect(commands.changes).toHaveLength(0);
    commands.broken = false;
    await vi.waitFor(() => expect(commands.drafts.size).toBe(1), { timeout: 5000 });
    expect(commands.changes).toHaveLength(1);
  });

  it('starts without a broker, and finds it when it comes', async () => {
    const broker = await startBroker();
    await broker.close();
    const made = platform(broker.url);
    await made.start();
    expect(made.status().downlink).toBe('offline');
    await startBroker(broker.port);
    await online(made);
  });

  it('waits longer after each failure, up to the limit', async () => {
    const attempts: number[] = [];
    const clock = new FakeClock();
    const server = createServer((socket) => {
      attempts.push(clock.monotonic());
      socket.on('error', () => undefined);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const made = platform(`mqtt://127.0.0.1:${address.port}`, {}, { clock, entropy: { random: () => 1 } });
    await made.start();
    for (let round = 1; round <= 7; round++) {
      await vi.waitFor(() => expect(attempts).toHaveLength(round));
      // The client notices the cut only after real time has passed, so the fake time waits for its timer.
      const before = clock.monotonic();
      await vi.waitFor(
        async () => {
          await clock.advance(10);
          expect(attempts.length).toBe(round + 1);
        },
        { timeout: 5000, interval: 1 },
      );
      expect(clock.monotonic() - before).toBeGreaterThanOrEqual(Math.min(1000, 100 * 2 ** (round - 1)));
    }
  });

  it('makes do with one spelling, and raises an alarm when all are refused', async () => {
    const oneRefused = await startBroker(0, (topic) => topic.startsWith('/'));
    const commands = new MemoryStation();
    const made = platform(oneRefused.url, {}, { commands });
    await made.start();
    await online(made);
    expect(commands.alarms).toEqual([]);

    const allRefused = await startBroker(0, () => true);
    const deafCommands = new MemoryStation();
    const deaf = platform(allRefused.url, {}, { commands: deafCommands });
    await deaf.start();
    await vi.waitFor(
      () => expect(deafCommands.alarms).toMatchObject([{ code: 'qingdao-no-subscription', cleared: false }]),
      { timeout: 5000 },
    );
    expect(deaf.status().downlink).toBe('offline');
  });

  it('does not wait for ever for a broker that no longer listens when it says goodbye', async () => {
    const clock = new FakeClock();
    // Accepts the login and the subscriptions, then lies dead: not even the end of the stream is answered.
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      cleanups.push(async () => {
        socket.destroy();
      });
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        if (bytes[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]));
        // Several of these short packets may come at once; the second byte is the length of what follows it.
        for (let at = 0; bytes[at] === 0x82; at += 2 + (bytes[at + 1] ?? 0))
          socket.write(Buffer.from([0x90, 3, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0, 1]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const made = platform(`mqtt://127.0.0.1:${address.port}`, { leadingSlash: 'never' }, { clock });
    await made.start();
    await online(made);
    let stopped = false;
    const stopping = made.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stopped).toBe(false);
    await clock.advance(1000);
    await stopping;
  });

  it('does without the other spelling at a broker that cuts the line of whoever asks for it', async () => {
    const sockets = new Set<Socket>();
    const broker = await startBroker(0, (topic) => {
      if (topic.startsWith('/')) for (const socket of sockets) socket.destroy();
      return topic.startsWith('/');
    });
    broker.server.on('connection', (socket) => sockets.add(socket));
    const commands = new MemoryStation();
    const made = platform(broker.url, {}, { commands });
    await made.start();
    await online(made);
    await broker.publish(noticePayload('5', '2026-03-02 09:00:00', notice));
    await vi.waitFor(() => expect(commands.changes).toHaveLength(1));
    expect(made.status().downlink).toBe('online');
  });

  it('has no downlink when none is configured', async () => {
    const made = qingdao.create(settings(), deps());
    await made.start();
    expect(made.status().downlink).toBe('none');
    await made.stop();
  });
});
