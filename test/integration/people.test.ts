import { createORPCClient, ORPCError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { StationClient } from '../../shared/contract/index.ts';
import { laneViewSchema } from '../../shared/contract/lanes.ts';
import { accountViewSchema, signInViewSchema } from '../../shared/contract/users.ts';
import { postSchema } from '../../shared/domain/people.ts';
import { PEOPLE, RealSite } from '../support/real-site.ts';

let site: RealSite;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  site = await RealSite.open();
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await site?.close();
});

/** A window of its own: the contract over a WebSocket. */
async function openWindow(): Promise<StationClient> {
  const websocket = new WebSocket(`${site.station.url.replace('http', 'ws')}/rpc`);
  sockets.push(websocket);
  await new Promise((resolve, reject) => websocket.once('open', resolve).once('error', reject));
  // The library's own type of a socket is the browser's.
  return createORPCClient(new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket }));
}
const wang = { name: PEOPLE.wang.name, password: PEOPLE.wang.password };
const code = async (call: Promise<unknown>): Promise<string> => {
  const { error } = await safe(call);
  return error === null ? 'ok' : error instanceof ORPCError ? String(error.code) : String(error);
};
const ok = z.object({});
const member = `/users/${encodeURIComponent(wang.name)}`;

test('a post takes a button away and gives another one, over REST and over a window that was signed in before', async () => {
  const window = await openWindow();
  await window.auth.signIn(wang);
  const entry = { plate: '鲁B00001', list: 'white' as const, strategy: 'free' as const };
  expect(await code(window.lists.add(entry))).toBe('FORBIDDEN');
  expect(await code(window.lanes.hold({ id: 'in1', on: true, reason: '试' }))).toBe('ok');
  await window.lanes.hold({ id: 'in1', on: false, reason: '试' });

  expect((await site.ask('chen', '/posts', { name: 'x', role: 'attendant', without: [], plus: [] })).status).toBe(403);
  const post = await site.as('admin', postSchema, '/posts', {
    ...{ name: '收费班长', role: 'attendant', without: ['lane.hold'], plus: ['list.edit', 'discount.unlimited'] },
  });
  const account = await site.as('admin', accountViewSchema, member, { postId: post.id, number: '0101' }, 'PATCH');
  expect(account).toMatchObject({ role: 'attendant', number: '0101', post: { name: '收费班长' } });

  expect(await code(window.lanes.hold({ id: 'in1', on: true, reason: '试' }))).toBe('FORBIDDEN');
  expect((await site.ask('wang', '/lanes/in1/hold', { on: true, reason: '试' })).status).toBe(403);
  expect(await code(window.lists.add(entry))).toBe('ok');
  const me = await window.auth.me();
  expect([me.post?.name, me.rights.includes('lane.hold'), me.rights.includes('list.edit')]).toEqual([
    '收费班长',
    false,
    true,
  ]);
  expect((await site.ask('wang', '/reports/totals?period=day&date=2026-03-02')).status).toBe(403);

  await site.as('admin', accountViewSchema, member, { postId: null }, 'PATCH');
  expect(await code(window.lists.add({ ...entry, plate: '鲁B00002' }))).toBe('FORBIDDEN');
  expect((await site.ask('admin', `/posts/${post.id}`, undefined, 'DELETE')).status).toBe(200);
});

test('a limit within a procedure that everybody may call is lifted by a post too', async () => {
  await site.read('in1', '鲁B20001');
  const { uid } = await site.stay('鲁B20001');
  const grant = { kind: 'amount', value: 500, reason: '投诉' };
  expect((await site.ask('wang', `/sessions/${uid}/discounts`, grant)).status).toBeGreaterThanOrEqual(400);
  const post = await site.as('admin', postSchema, '/posts', {
    ...{ name: '值班长', role: 'attendant', without: [], plus: ['discount.unlimited'] },
  });
  await site.as('admin', accountViewSchema, member, { postId: post.id }, 'PATCH');
  expect((await site.ask('wang', `/sessions/${uid}/discounts`, grant)).why).toBe('ok');
  await site.as('admin', accountViewSchema, member, { postId: null }, 'PATCH');
});

test('a locked screen sees the car and cannot take its money; another person on top can; unlocked it goes on', async () => {
  const window = await openWindow();
  const { token } = await window.auth.signIn(wang);
  await site.read('in1', '鲁B30001');
  await site.pass(30);
  await site.read('out1', '鲁B30001');
  await site.laneWhen('out1', 'charging');
  const dueFen = (await site.lane('out1')).bill?.toPayFen ?? 0;
  expect(dueFen).toBeGreaterThan(0);
  const pay = { id: 'out1', method: 'cash' as const, amountFen: dueFen };

  expect((await window.auth.lock({ why: 'break' })).locked).toBe(true);
  expect(await code(window.lanes.collect(pay))).toBe('LOCKED');
  expect(await code(window.sessions.list({}))).toBe('LOCKED');
  expect(await code(window.auth.changePassword({ from: wang.password, to: 'something else' }))).toBe('LOCKED');
  const overRest = await site.station.raw('/api/v1/lanes/out1/collect', { method: 'POST', body: pay, token });
  expect([overRest.status, await overRest.json()]).toMatchObject([423, { code: 'LOCKED' }]);
  const again = await openWindow();
  expect((await again.auth.resume({ token })).user.locked).toBe(true);
  expect(await code(again.lanes.collect(pay))).toBe('LOCKED');
  expect((await window.lanes.get({ id: 'out1' })).phase).toBe('charging');
  const frames = await window.live({});
  for await (const frame of frames) {
    expect(frame.lanes.find((lane) => lane.id === 'out1')?.phase).toBe('charging');
    break;
  }

  // 小李 stands in at the same window; the lock beneath stays.
  await window.auth.signIn({ name: PEOPLE.li.name, password: PEOPLE.li.password });
  expect((await window.lanes.collect(pay)).phase).not.toBe('charging');
  await window.auth.signOut();
  expect((await window.auth.resume({ token })).user).toMatchObject({ name: wang.name, locked: true });
  expect(await code(window.auth.unlock({ password: PEOPLE.li.password }))).toBe('CONFLICT');
  expect((await window.auth.unlock({ password: wang.password })).locked).toBe(false);
  expect(await code(window.sessions.list({}))).toBe('ok');
  expect((await site.stay('鲁B30001')).paidFen).toBe(dueFen);
});

test('an administrator sees who is signed in and ends one; a disabled account is out of its window at once', async () => {
  const window = await openWindow();
  await window.auth.signIn({ name: PEOPLE.li.name, password: PEOPLE.li.password });
  const mine = async () =>
    (await site.as('admin', z.array(signInViewSchema), '/sign-ins')).filter(({ name }) => name === PEOPLE.li.name);
  const [standing] = await mine();
  expect(standing).toMatchObject({ address: '127.0.0.1', locked: false, own: false });
  await site.as('admin', ok, `/sign-ins/${standing?.id}`, undefined, 'DELETE');
  expect(await code(window.lanes.list())).toBe('UNAUTHORIZED');

  await window.auth.signIn({ name: PEOPLE.li.name, password: PEOPLE.li.password });
  const li = `/users/${encodeURIComponent(PEOPLE.li.name)}`;
  await site.as('admin', accountViewSchema, li, { disabled: true }, 'PATCH');
  expect(await code(window.lanes.list())).toBe('UNAUTHORIZED');
  expect((await site.ask('chen', li, { disabled: false }, 'PATCH')).status).toBe(403);
  await site.as('admin', accountViewSchema, li, { disabled: false }, 'PATCH');
  expect(await site.ask('admin', '/users/admin', { disabled: true }, 'PATCH')).toMatchObject({ why: 'own-account' });
});

test('where the count is not blind, cashiers see what they took so far, and nobody else does', async () => {
  const current = z.object({ current: z.object({ cashInFen: z.int().nullable() }).nullable() });
  await site.ask('wang', '/shifts', { booth: '1', floatFen: 10_000 });
  expect((await site.as('wang', current, '/shifts/current?booth=1')).current).toEqual({ cashInFen: null });
  await site.as('admin', ok, '/access', { blindCount: false }, 'PATCH');
  await site.read('in1', '鲁B40001');
  await site.pass(30);
  await site.read('out1', '鲁B40001');
  await site.laneWhen('out1', 'charging');
  await site.as('wang', laneViewSchema, '/lanes/out1/collect', { method: 'cash', amountFen: 500 });
  expect((await site.as('wang', current, '/shifts/current?booth=1')).current).toEqual({ cashInFen: 500 });
  expect((await site.as('li', current, '/shifts/current?booth=1')).current).toEqual({ cashInFen: null });
});
