import { readFileSync } from 'node:fs';
import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { PaymentView, StayView } from '../../../shared/contract/stays.ts';
import type { PaperState } from '../../../shared/domain/print.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { announcementHandlers } from './announcement-handlers.ts';
import { berthHandlers } from './berth-handlers.ts';
import { payHandlers, spaceHandlers } from './booth-handlers.ts';
import { bill, person } from './build.ts';
import { changeHandlers } from './change-handlers.ts';
import { deviceHandlers } from './device-handlers.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';
import { laneHandlers } from './lane-handlers.ts';
import { printingHandlers } from './printing-handlers.ts';
import { recordHandlers } from './record-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { tariffHandlers } from './tariff-handlers.ts';
import { type FakeRouter, wholeRouter } from './whole-router.ts';

const PASSWORD = 'correct-horse';
const picture = (name: string): string =>
  readFileSync(new URL(`./photos/${name}.jpg`, import.meta.url)).toString('base64');

/** The other side of the UI. What no screen asks for yet answers: not found. */
export function fakeRouter(station: FakeStation): FakeRouter {
  const signIn = (context: FakeConnection, user: UserView) => {
    const token = `token-${station.tokens.size + 1}`;
    station.tokens.set(token, user);
    context.user = user;
    return { token, user, expiresAt: toRfc3339(station.now() + 8 * 3_600_000) };
  };
  const refuse = () => new ORPCError('UNAUTHORIZED', { message: '请先登录' });
  const needUser = (context: FakeConnection): UserView => {
    if (!context.user) throw refuse();
    return context.user;
  };
  const needManager = (context: FakeConnection): void => {
    if (needUser(context).role === 'attendant') throw new ORPCError('FORBIDDEN', { message: '没有权限' });
  };
  const messageOf = (id: number) => {
    const found = station.scene.messages.find((each) => each.id === id);
    if (!found) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
    return found;
  };
  const changeMessage = (id: number, part: { status: 'waiting' | 'discarded'; nextAttemptAt: string | null }) => {
    const changed = { ...messageOf(id), ...part };
    station.change({ messages: station.scene.messages.map((each) => (each.id === id ? changed : each)) });
    return changed;
  };
  const none = () => new ORPCError('NOT_FOUND', { message: '没有找到' });

  const records = recordHandlers(station, needUser);
  const kerb = berthHandlers(station, needUser);

  return wholeRouter({
    auth: {
      status: os.auth.status.handler(() => ({
        siteName: station.scene.siteName,
        version: '0.1.0',
        state: station.scene.state,
        demo: station.scene.demo,
        time: toRfc3339(station.now()),
      })),
      signIn: os.auth.signIn.handler(({ input, context }) => {
        if (input.password !== PASSWORD) throw refuse();
        return signIn(context, { ...station.scene.user, name: input.name });
      }),
      resume: os.auth.resume.handler(({ input, context }) => {
        const user = station.tokens.get(input.token);
        if (!user) throw refuse();
        context.user = user;
        return { token: input.token, user, expiresAt: toRfc3339(station.now() + 8 * 3_600_000) };
      }),
      setUp: os.auth.setUp.handler(({ input, context }) => {
        station.change({ state: 'ready' });
        return signIn(context, person(input.name, 'admin'));
      }),
      demoSignIn: os.auth.demoSignIn.handler(({ context }) => {
        if (!station.scene.demo) throw new ORPCError('FORBIDDEN', { message: '没有权限' });
        return signIn(context, station.scene.user);
      }),
      signOut: os.auth.signOut.handler(({ context }) => {
        context.user = null;
        return {};
      }),
      me: os.auth.me.handler(({ context }) => needUser(context)),
    },
    lanes: laneHandlers(station, needUser),
    ...changeHandlers(station, needUser),
    ...printingHandlers(station, needUser),
    payments: { ...payHandlers(station, needUser), prepay: records.prepay, pay: kerb.pay },
    berths: kerb.berths,
    evidence: { get: records.evidence },
    spaces: spaceHandlers(station, needUser),
    ...announcementHandlers(station, needUser),
    ...deviceHandlers(station, needUser),
    ...tariffHandlers(station, needUser),
    sessions: {
      list: os.sessions.list.handler(({ input, context }) => {
        needUser(context);
        const part = input.plate ?? '';
        const { identity } = input;
        const items = station.scene.stays.filter(
          (stay) =>
            stay.plate.text.includes(part) && (identity === undefined || stay.identity?.includes(identity) === true),
        );
        return { items, total: items.length, page: 1, pageSize: 50 };
      }),
      get: os.sessions.get.handler(({ input, context }) => {
        needUser(context);
        const stay = station.scene.stays.find((each) => each.uid === input.uid);
        if (!stay) throw none();
        const entry = { id: 'entry', purpose: 'entry', takenAt: stay.enteredAt, bytes: 20_000 } as const;
        const exit = { id: 'exit', purpose: 'exit', takenAt: stay.exitedAt ?? '', bytes: 20_000 } as const;
        const photos = stay.exitedAt === null ? [entry] : [entry, exit];
        return { ...stay, photos, payments: paymentsOf(stay, station.scene.paper), messages: [] };
      }),
    },
    quote: os.quote.handler(({ input, context }) => {
      needUser(context);
      const found = station.scene.quotes.find((each) => each.stay.plate.text === input.plate);
      if (!found) throw none();
      return found;
    }),
    photos: {
      get: os.photos.get.handler(({ input, context }) => {
        needUser(context);
        if (!/^(entry|exit|empty)$/.test(input.id)) throw none();
        return { id: input.id, contentType: 'image/jpeg', base64: picture(input.id) };
      }),
    },
    outbox: {
      list: os.outbox.list.handler(({ input, context }) => {
        needUser(context);
        const all = station.scene.messages.filter(
          (each) =>
            (!input.platform || each.platform === input.platform) &&
            (!input.status || each.status === input.status) &&
            (!input.message || each.message === input.message) &&
            (!input.error || each.lastError?.includes(input.error)) &&
            (!input.key || each.key === input.key),
        );
        const from = (input.page - 1) * input.pageSize;
        const items = all.slice(from, from + input.pageSize);
        return { items, total: all.length, page: input.page, pageSize: input.pageSize };
      }),
      summary: os.outbox.summary.handler(() => [...station.scene.links]),
      get: os.outbox.get.handler(({ input, context }) => {
        needManager(context);
        const found = messageOf(input.id);
        return { ...found, chain: station.scene.messages.filter(({ key }) => key === found.key).reverse() };
      }),
      figures: os.outbox.figures.handler(({ context }) => {
        needUser(context);
        return [];
      }),
      retryMatching: os.outbox.retryMatching.handler(async ({ input, context }) => {
        needManager(context);
        await station.act('outbox.retryMatching', input);
        return { done: 1, left: 0 };
      }),
      retry: os.outbox.retry.handler(async ({ input, context }) => {
        needManager(context);
        await station.act('outbox.retry', input);
        return changeMessage(input.id, { status: 'waiting', nextAttemptAt: toRfc3339(station.now()) });
      }),
      discard: os.outbox.discard.handler(async ({ input, context }) => {
        needManager(context);
        await station.act('outbox.discard', input);
        return changeMessage(input.id, { status: 'discarded', nextAttemptAt: null });
      }),
    },
    reconciliations: runHandlers(station, needManager),
    events: {
      list: os.events.list.handler(({ input, context }) => {
        needUser(context);
        return [...station.scene.events].reverse().slice(0, input.limit);
      }),
    },
    live: os.live.handler(({ input, context, signal }) => {
      needUser(context);
      return station.live(input.afterSeq ?? 0, signal);
    }),
    health: os.health.handler(() => ({ status: 'ok', version: '0.1.0', uptimeSeconds: 60, checks: [] })),
  });
}

/** What a stay of the scene that left was paid with. */
function paymentsOf(stay: StayView, paper: PaperState = 'none'): PaymentView[] {
  if (stay.exitedAt === null || stay.paidFen === 0) return [];
  const { paidFen, chargeFen, exitedAt: paidAt } = stay;
  const money = {
    amountFen: paidFen,
    chargeFen,
    dueFen: paidFen,
    paidAt,
    operator: '王秀兰',
    steps: bill().steps,
    paper,
  };
  return [{ billId: 'b-old', method: 'wechat', ...money }];
}
