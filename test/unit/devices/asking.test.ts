import { expect, it } from 'vitest';
import { Contact } from '../../../electron/station/devices/contact.ts';
import { Isapi } from '../../../electron/station/devices/hikvision/isapi.ts';
import { Polls } from '../../../electron/station/devices/hikvision/polls.ts';
import { settingsSchema } from '../../../electron/station/devices/hikvision/settings.ts';
import type { HttpStreamListener } from '../../../electron/station/devices/links.ts';
import { MultipartStream } from '../../../electron/station/devices/multipart-stream.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DISK_FULL = new Error('database or disk is full');

/** An unhandled rejection fails the run, as it would end the program. */
it('inputs and the arm are asked on, and told again, when whoever was told failed', async () => {
  const clock = new FakeClock();
  let full = true;
  const told: string[] = [];
  const tell = (what: string): void => {
    told.push(what);
    if (full) throw DISK_FULL;
  };
  const http = {
    ask: async ({ url }: { url: string }) => ({
      ...{ status: 200, headers: new Map<string, string>() },
      body: Buffer.from(
        url.includes('/IO/')
          ? '<IOPortStatus><ioPortType>input</ioPortType><ioState>active</ioState></IOPortStatus>'
          : '<BarrierGateStatus><barrierGateStatus>1</barrierGateStatus></BarrierGateStatus>',
      ),
    }),
    stream: () => () => undefined,
  };
  const link = { exchanged: () => undefined, took: () => undefined };
  const settings = settingsSchema.parse({
    ...{ serialNo: '44:19:b6:00:00:01', host: 'h', password: 'x' },
    inputs: [{ number: 1, role: 'safety-loop' }],
  });
  const polls = new Polls(settings, {
    ...{ isapi: new Isapi(http, link, { host: 'h', port: 80 }), clock, unsupported: () => undefined },
    input: (role, on) => tell(`${role} ${on}`),
    arm: (arm) => tell(arm),
  });
  polls.start();
  await clock.advance(100);
  expect(told.length).toBe(2);
  expect(polls.isOn('safety-loop')).toBe(true);
  full = false;
  await clock.advance(10_000);
  expect(told.slice(2).toSorted()).toEqual(told.slice(0, 2).toSorted());
  polls.stop();
});

it('one lost answer does not blind the loops: they are asked again at once, and more slowly only after several', async () => {
  const clock = new FakeClock();
  const asked: number[] = [];
  const http = {
    ask: async () => {
      asked.push(clock.monotonic());
      return { failed: 'lost' as const, detail: '超时' };
    },
    stream: () => () => undefined,
  };
  const settings = settingsSchema.parse({
    ...{ serialNo: '44:19:b6:00:00:01', host: 'h', password: 'x', gate: 'relay', inputPollMs: 300 },
    inputs: [{ number: 1, role: 'safety-loop' }],
  });
  const link = { exchanged: () => undefined, took: () => undefined };
  const polls = new Polls(settings, {
    ...{ isapi: new Isapi(http, link, { host: 'h', port: 80 }), clock, unsupported: () => undefined },
    ...{ input: () => undefined, arm: () => undefined },
  });
  polls.start();
  await clock.advance(6_000);
  polls.stop();
  expect(asked.slice(0, 5)).toEqual([0, 300, 600, 900, 2_900]);
});

it('a device is asked on when asking failed, or nobody could be told', async () => {
  const clock = new FakeClock();
  const told: string[] = [];
  let [ask, full] = [async (): Promise<string | null> => Promise.reject(DISK_FULL), false];
  const contact = new Contact({
    ...{ clock, entropy: { random: () => 0.5 }, everyMs: 1_000, ask: () => ask() },
    changed: (state, detail) => {
      told.push(`${state} ${detail}`);
      if (full) throw DISK_FULL;
    },
  });
  contact.start();
  await clock.advance(3_000);
  expect(told).toEqual(['offline database or disk is full']);
  [ask, full] = [async () => null, true];
  await clock.advance(1_000);
  full = false;
  await clock.advance(3_000);
  expect(told.slice(1)).toEqual(['online 已连接', 'online 已连接']);
  contact.stop();
});

it('a stream is opened again although nobody could be told that it ended', async () => {
  const clock = new FakeClock();
  const listeners: HttpStreamListener[] = [];
  const stream = new MultipartStream({
    http: {
      ask: () => Promise.reject(new Error('not here')),
      stream: (_, listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
    ...{ clock, entropy: { random: () => 0.5 }, link: { exchanged: () => undefined, took: () => undefined } },
    ...{ name: 'events', url: () => 'http://h/', endOf: () => undefined, part: () => undefined },
    state: () => {
      throw DISK_FULL;
    },
  });
  stream.start();
  expect(() => listeners[0]?.end('gone')).toThrow('disk is full');
  await clock.advance(5_000);
  expect(listeners.length).toBe(2);
  stream.stop();
});
