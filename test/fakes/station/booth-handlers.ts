import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { AttemptView } from '../../../shared/contract/payments.ts';
import type { Attempt, AttemptState } from '../../../shared/domain/money-flow.ts';
import { fromRfc3339, toRfc3339 } from '../../../shared/domain/time.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

/** Channels and tries, as far as a screen can see. What a channel says to a try is the test's to decide: `station.answers`. */
export function payHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const found = (id: string): AttemptView => {
    const attempt = station.attempts.find((each) => each.id === id);
    if (!attempt) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
    return attempt;
  };
  const { payments } = os;
  return {
    channels: payments.channels.handler(({ context }) => {
      needUser(context);
      return [...(station.scene.channels ?? [])];
    }),
    attempts: payments.attempts.handler(({ input, context }) => {
      needUser(context);
      return station.attempts.filter((each) => each.billId === input.billId);
    }),
    bills: payments.bills.handler(({ context }) => {
      needUser(context);
      return [];
    }),
    charge: payments.charge.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('payments.charge', input);
      const channel = station.scene.channels?.find(({ id }) => id === input.channel);
      const lane = station.scene.lanes.find((each) => each.passage?.bill?.id === input.id);
      const bill = lane?.passage?.bill;
      if (!channel || !lane || !bill) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
      const id = `att-${station.attempts.length + 1}`;
      const now = toRfc3339(station.now());
      const state = station.answers.shift() ?? (channel.kind === 'qr' ? 'sent' : 'paid');
      const attempt: AttemptView = {
        ...{ id, billId: bill.id, uid: lane.passage?.stay?.uid ?? '', laneId: lane.id, channel: channel.id },
        ...{ kind: channel.kind, method: channel.method, amountFen: bill.toPayFen, discountFen: 0, state },
        ...{
          setAside: false,
          guarantee: null,
          reference: null,
          detail: DETAILS[state] ?? '',
          createdAt: now,
          updatedAt: now,
        },
      };
      station.attempts.unshift(attempt);
      if (state === 'paid') station.changeLane(lane.id, { phase: 'cleared' });
      return { attempt, text: channel.kind === 'qr' ? `https://pay.example/${id}` : null };
    }),
    query: payments.query.handler(async ({ input, context }) => {
      needUser(context);
      await station.act('payments.query', input);
      return found(input.id);
    }),
  };
}

const DETAILS: Partial<Record<AttemptState, string>> = {
  declined: '用户余额不足',
  unknown: '10 秒内没有应答',
};

/** A try changes by itself, and the journal says so. */
export function attemptChanges(
  station: FakeStation,
  id: string,
  state: AttemptState,
  detail = '',
  more: Partial<Pick<Attempt, 'setAside' | 'guarantee'>> = {},
): void {
  const at = station.attempts.findIndex((each) => each.id === id);
  const before = station.attempts[at];
  if (!before) throw new Error(`no attempt ${id}`);
  const later = fromRfc3339(before.updatedAt) + 1_000;
  const after: AttemptView = { ...before, ...more, state, detail, updatedAt: toRfc3339(later) };
  station.attempts[at] = after;
  told(station, after);
}

/** The exit asks a platform by itself for what the bill at a lane comes to. */
export function platformIsAsked(station: FakeStation, laneId: string, channel: string): string {
  const { passage } = station.lane(laneId);
  if (!passage?.bill) throw new Error(`no bill at ${laneId}`);
  const id = `att-${station.attempts.length + 1}`;
  const now = toRfc3339(station.now());
  const attempt: AttemptView = {
    ...{ id, billId: passage.bill.id, uid: passage.stay?.uid ?? '', laneId, channel, kind: 'agreement' },
    ...{ method: 'platform', amountFen: passage.bill.toPayFen, discountFen: 0, state: 'sent', setAside: false },
    ...{ guarantee: null, reference: null, detail: '', createdAt: now, updatedAt: now },
  };
  station.attempts.unshift(attempt);
  told(station, attempt);
  return id;
}

function told(station: FakeStation, after: AttemptView): void {
  const attempt: Attempt = {
    ...after,
    createdAt: fromRfc3339(after.createdAt),
    updatedAt: fromRfc3339(after.updatedAt),
  };
  station.addEvent({
    ...{ kind: 'attempt-changed', key: after.uid, laneId: after.laneId, passageId: null },
    ...{ actor: { kind: 'station', name: 'station' }, body: { attempt } },
  });
}

export function spaceHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  return {
    get: os.spaces.get.handler(({ context }) => {
      needUser(context);
      const areas = [...(station.scene.areas ?? [])];
      return { whole: station.scene.spaces, correction: 0, areas, classes: [], quotas: [] };
    }),
  };
}
