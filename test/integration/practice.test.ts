import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import type { StationClient } from '../../shared/contract/index.ts';
import type { LaneView } from '../../shared/contract/lanes.ts';
import type { Lesson, Scenario } from '../../shared/contract/practice.ts';
import { provision } from '../support/provision.ts';
import { ADMIN, StationProcess } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const started = z.object({ token: z.string(), since: z.string() });
const state = z.object({ running: z.object({ trainee: z.string() }).nullable() });

async function practising(station: StationProcess): Promise<{ client: StationClient; close: () => void }> {
  const { token } = await station.send(started, '/practice/start', {});
  const websocket = new WebSocket(`${station.url.replace('http', 'ws')}/practice/rpc`);
  await new Promise((resolve, reject) => websocket.once('open', resolve).once('error', reject));
  const client: StationClient = createORPCClient(
    new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket }),
  );
  await client.auth.resume({ token });
  return { client, close: () => websocket.close() };
}

async function laneWhen(client: StationClient, id: string, wanted: (lane: LaneView) => boolean): Promise<LaneView> {
  return until(`practice lane ${id}`, async () => {
    const lane = await client.lanes.get({ id });
    return wanted(lane) ? lane : undefined;
  });
}

const over = (client: StationClient, { id }: Lesson, timeoutMs?: number): Promise<Lesson> =>
  until(
    'the lesson is over',
    async () => (await client.practice.lessons()).find((lesson) => lesson.id === id && lesson.endedAt !== null),
    timeoutMs,
  );

async function collect(client: StationClient): Promise<void> {
  const { passage, bill } = await laneWhen(client, 'out1', ({ phase }) => phase === 'charging');
  await client.lanes.collect({
    ...{ id: 'out1', passageId: passage?.id, billId: bill?.id, method: 'cash', amountFen: bill?.toPayFen ?? 0 },
  });
}

const waiting = (client: StationClient, laneId: string): Promise<LaneView> =>
  laneWhen(client, laneId, ({ phase }) => phase === 'attention');

/** What a good cashier does with each car. */
const rightly: Readonly<Record<Scenario, (client: StationClient, lesson: Lesson) => Promise<void>>> = {
  'normal-exit': collect,
  misread: async (client) => {
    const { passage } = await waiting(client, 'out1');
    await client.lanes.pickStay({ id: 'out1', uid: passage?.candidates[0]?.uid ?? '' });
    await collect(client);
  },
  'no-entry': async (client) => {
    await waiting(client, 'out1');
    await client.lanes.fixedFee({ id: 'out1', reason: '无入场记录' });
    await collect(client);
  },
  unread: async (client, { plate }) => {
    await waiting(client, 'out1');
    await client.lanes.correctPlate({ id: 'out1', plate, plateColor: 'blue' });
    await collect(client);
  },
  unlicensed: async (client) => {
    await waiting(client, 'in1');
    await client.lanes.approve({ id: 'in1' });
  },
  arrears: async (client) => {
    await waiting(client, 'out1');
    await client.lanes.approve({ id: 'out1' });
    await collect(client);
  },
  blacklisted: async (client) => {
    await waiting(client, 'in1');
    await client.lanes.cancel({ id: 'in1', reason: '黑名单，已劝返' });
  },
  'card-expired': async (client) => {
    await waiting(client, 'in1');
    await client.lanes.approve({ id: 'in1' });
  },
  'paid-by-phone': async () => undefined,
  'camera-offline': async (client, { plate }) => {
    await client.sessions.create({ plate, plateColor: 'blue', laneId: 'in1', proof: '目视' });
    await client.lanes.open({ id: 'in1', reason: '设备故障' });
  },
  'arm-silent': async (client) => {
    await collect(client);
    await laneWhen(client, 'out1', ({ barrier }) => barrier.lastCommand?.outcome === 'unknown');
    await client.lanes.open({ id: 'out1', reason: '设备故障' });
  },
  'platform-down': collect,
};

const scenarios = Object.keys(rightly).filter((name): name is Scenario => Object.hasOwn(rightly, name));

test('every lesson comes about on a real station of its own, and is judged right when it was done right', async () => {
  const station = await StationProcess.start({ provision: provision() });
  try {
    const { client, close } = await practising(station);
    for (const scenario of scenarios) {
      const lesson = await client.practice.send({ scenario });
      expect(lesson).toMatchObject({ scenario, endedAt: null, verdict: null });
      await rightly[scenario](client, lesson);
      expect(await over(client, lesson, 12_000), scenario).toMatchObject({ scenario, verdict: 'right' });
    }
    close();
  } finally {
    await station.dispose();
  }
}, 90_000);

test('what loses money is called wrong', async () => {
  const station = await StationProcess.start({ provision: provision() });
  try {
    const { client, close } = await practising(station);
    const released = await client.practice.send({ scenario: 'normal-exit' });
    await laneWhen(client, 'out1', ({ phase }) => phase === 'charging');
    await client.lanes.release({ id: 'out1', reason: '特种车辆' });
    expect(await over(client, released)).toMatchObject({ verdict: 'wrong', remarks: ['released-free'] });

    // Nobody inside has this plate, so there is no stay that the release could end.
    const unknown = await client.practice.send({ scenario: 'misread' });
    await waiting(client, 'out1');
    await client.lanes.release({ id: 'out1', reason: '特种车辆' });
    expect(await over(client, unknown)).toMatchObject({ verdict: 'wrong', remarks: ['released-free'] });

    const opened = await client.practice.send({ scenario: 'no-entry' });
    await waiting(client, 'out1');
    await client.lanes.open({ id: 'out1', reason: '设备故障' });
    expect(await over(client, opened)).toMatchObject({ verdict: 'wrong', remarks: ['opened-without-record'] });

    const letIn = await client.practice.send({ scenario: 'blacklisted' });
    await waiting(client, 'in1');
    await client.lanes.approve({ id: 'in1', reason: '领导安排' });
    expect(await over(client, letIn)).toMatchObject({ verdict: 'wrong', remarks: ['let-in'] });

    const cash = await client.practice.send({ scenario: 'paid-by-phone' });
    await collect(client);
    expect(await over(client, cash)).toMatchObject({ verdict: 'wrong', remarks: ['took-cash-twice'] });
    close();
  } finally {
    await station.dispose();
  }
}, 60_000);

test('practising leaves two events in the real journal and nothing else, and the practice station leaves nothing', async () => {
  const station = await StationProcess.start({ provision: provision() });
  const events = () =>
    station.get(z.array(z.object({ seq: z.int(), kind: z.string(), body: z.unknown() })), '/events?limit=500');
  try {
    await station.signIn();
    const before = await events();
    const { client, close } = await practising(station);
    expect(existsSync(join(station.data, 'practice', 'gatehouse.db'))).toBe(true);
    const lesson = await client.practice.send({ scenario: 'normal-exit' });
    await collect(client);
    await over(client, lesson);
    expect((await client.auth.me()).role).toBe('attendant');
    await expect(client.practice.start()).rejects.toMatchObject({ code: 'CONFLICT' });
    const { running } = await station.get(state, '/practice');
    expect(running).toMatchObject({ trainee: ADMIN.name });

    await station.send(state, '/practice/stop', {});
    close();
    const added = (await events()).filter(({ seq }) => !before.some((event) => event.seq === seq));
    expect(added.map(({ kind }) => kind).sort()).toEqual(['practice-ended', 'practice-started']);
    expect(added.find(({ kind }) => kind === 'practice-ended')?.body).toMatchObject({
      ...{ trainee: ADMIN.name, how: 'left', lessons: 1 },
    });
    expect(existsSync(join(station.data, 'practice'))).toBe(false);
  } finally {
    await station.dispose();
  }
}, 30_000);
