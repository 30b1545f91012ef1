import type { UserView } from '../../../shared/contract/base.ts';
import type { EventView } from '../../../shared/contract/journal.ts';
import type { BillView, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import type { MessageDetail, PlatformLink } from '../../../shared/contract/outbox.ts';
import type { Quote, StayView } from '../../../shared/contract/stays.ts';
import type { EventBody, EventDraft, EventKind } from '../../../shared/domain/events.ts';
import type { Plate, PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { AppliedDiscount } from '../../../shared/domain/registry.ts';
import { rightsOf } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { TEMPORARY, type Terms } from '../../../shared/domain/terms.ts';
import { fromRfc3339, toRfc3339 } from '../../../shared/domain/time.ts';

/** The moment at which every scene stands: 2026-03-02 18:05:09 in Shanghai. */
export const NOW = Date.parse('2026-03-02T18:05:09+08:00');
export const ago = (seconds: number): string => toRfc3339(NOW - seconds * 1000);

export function plate(text: string, color: PlateColor = 'blue', kind: PlateKind = 'ordinary'): Plate {
  return { text, color, kind };
}

/** Somebody without a post: what the role gives. */
export const person = (name: string, role: Role): UserView => ({
  ...{ name, role, displayName: '', number: '', post: null },
  rights: [...rightsOf(role, null)],
  locked: false,
});

const west = { id: 'in1', name: '西门入口', number: 1 };

export function stay(of: Plate, enteredSecondsAgo: number, change: Partial<StayView> = {}): StayView {
  return {
    uid: `1001-1-${toRfc3339(NOW - enteredSecondsAgo * 1000)
      .replace(/\D/g, '')
      .slice(0, 17)}`,
    status: 'inside',
    plate: of,
    vehicleClass: 'small',
    parkingType: 'temporary',
    entryLane: west,
    enteredAt: ago(enteredSecondsAgo),
    exitLane: null,
    exitedAt: null,
    identity: null,
    terms: TEMPORARY,
    areaId: null,
    chargeFen: 0,
    dueFen: 0,
    paidFen: 0,
    discountFen: 0,
    waivedFen: 0,
    owedFen: 0,
    ...change,
  };
}

/** On a monthly card that ends so many days from now. */
export const monthly = (days: number, change: Partial<Terms> = {}): Terms => ({
  ...TEMPORARY,
  kind: 'card',
  id: 'card-1',
  cardType: 'monthly',
  coveredTo: NOW + days * 86_400_000,
  ...change,
});

/** A shop's discount in minutes, as it stands on a bill. */
export const discount = (origin: string, amountFen: number, text: string): AppliedDiscount => ({
  discount: {
    id: `d-${origin}`,
    kind: 'amount',
    value: amountFen,
    maxFen: null,
    minimumFen: 0,
    origin,
    originKind: 'merchant',
    couponId: null,
    grantedAt: NOW,
  },
  amountFen,
  text,
});

/** A stay of 1 day 2 hours 5 minutes at the demo's prices, told in four lines. */
export function bill(change: Partial<Omit<BillView, 'toPayFen'>> = {}): BillView {
  const step = { from: ago(93_900), to: ago(7_500), text: '' };
  const made = {
    id: 'bill-1',
    tariffId: 'standard',
    minutes: 1565,
    chargeFen: 4000,
    discountFen: 500,
    paidFen: 0,
    dueFen: 3500,
    discounts: [discount('丽达超市', 500, '减 5 元')],
    arrears: [],
    createdAt: ago(4),
    validUntil: null,
    steps: [
      { ...step, kind: 'first-period', day: 1, minutes: 60, units: 1, unitFen: 500, amountFen: 500 },
      { ...step, kind: 'following-periods', day: 1, minutes: 1380, units: 23, unitFen: 200, amountFen: 4600 },
      { ...step, kind: 'daily-cap', day: 1, minutes: 0, units: 0, unitFen: 0, amountFen: -2100 },
      { ...step, kind: 'following-periods', day: 2, minutes: 125, units: 5, unitFen: 200, amountFen: 1000 },
    ],
    ...change,
  } satisfies Omit<BillView, 'toPayFen'>;
  return { ...made, toPayFen: made.arrears.reduce((sum, debt) => sum + debt.amountFen, made.dueFen) };
}

/** What the station says that this stay comes to now. */
export function quote(of: StayView, change: Partial<Omit<BillView, 'toPayFen'>> = {}): Quote {
  const { tariffId, minutes, steps, chargeFen, discountFen, discounts, paidFen, dueFen, toPayFen } = bill(change);
  const money = { chargeFen, discountFen, discounts, paidFen, dueFen, debtFen: toPayFen - dueFen };
  const fee = { tariffId, vehicleClass: of.vehicleClass, minutes, feeFen: chargeFen, steps };
  return { stay: of, fee, ...money, leaveBy: null, doubts: [], at: ago(0), entryPhotoId: 'entry' };
}

export function passage(id: string, of: Plate, change: Partial<PassageView> = {}): PassageView {
  return {
    id,
    startedAt: ago(4),
    plate: of,
    readPlate: null,
    confidence: 97,
    attention: null,
    needsReason: false,
    approvable: false,
    warnings: [],
    identity: null,
    candidates: [],
    doubts: [],
    photoId: 'exit',
    entryPhotoId: null,
    stay: null,
    bill: null,
    changeOrders: [],
    asked: null,
    price: null,
    ...change,
  };
}

export function charging(id: string, of: Plate, change: Partial<PassageView> = {}): PassageView {
  return passage(id, of, { entryPhotoId: 'entry', stay: stay(of, 93_900), bill: bill(), ...change });
}

type Command = NonNullable<LaneView['barrier']['lastCommand']>;

/** What the arm was told last, and did. */
export function told(action: Command['action'], secondsAgo: number, change: Partial<Command> = {}): Command {
  return {
    ...{ action, outcome: 'done', at: ago(secondsAgo), detail: '', origin: 'decision', by: 'station', reason: null },
    ...{ passageId: null, plate: null, alone: false },
    ...change,
  };
}

export function lane(id: string, name: string, direction: 'in' | 'out', change: Partial<LaneView> = {}): LaneView {
  return {
    id,
    name,
    direction,
    booth: '',
    bothWays: false,
    reversible: false,
    authority: null,
    number: Number(id.replace(/\D/g, '')) || 1,
    phase: 'idle',
    plate: change.passage?.plate ?? null,
    bill: change.passage?.bill ?? null,
    passage: null,
    waiting: [],
    barrier: {
      arm: 'closed',
      held: false,
      lastCommand: told('close', 70),
    },
    loop: null,
    devices: [
      { id: `cam-${id}`, kind: 'camera', driver: 'vzenith-http', state: 'online', lastSeenAt: ago(1) },
      { id: `bar-${id}`, kind: 'barrier', driver: 'camera', state: 'online', lastSeenAt: ago(1) },
    ],
    ...change,
  };
}

export function link(change: Partial<PlatformLink> = {}): PlatformLink {
  return {
    platform: 'qingdao',
    title: '青岛市停车服务平台',
    state: 'online',
    detail: '',
    lastSuccessAt: ago(6),
    lastFailureAt: null,
    waiting: 0,
    refused: 0,
    deliveredToday: 1284,
    givenUpToday: 0,
    oldestWaitingSeconds: null,
    clockDriftMs: 120,
    downlink: 'online',
    stuck: null,
    ...change,
  };
}

/** A row's draft. The kind alone says which body it has: to look among all of them costs the compiler seconds. */
interface Draft<K extends EventKind> extends Partial<Pick<EventDraft, 'key' | 'laneId' | 'passageId' | 'actor'>> {
  readonly kind: K;
  readonly body: EventBody<K>;
}

/** A journal row as the station shows it, its body checked by the compiler against the vocabulary. */
export function event<K extends EventKind>(seq: number, secondsAgo: number, draft: Draft<K>): EventView {
  return {
    seq,
    at: ago(secondsAgo),
    key: null,
    laneId: null,
    passageId: null,
    actor: { kind: 'station', name: 'station' },
    hash: seq.toString(16).padStart(64, '0'),
    ...draft,
    body: { ...draft.body },
  };
}

export function message(id: number, change: Partial<MessageDetail> = {}): MessageDetail {
  const created = ago(id % 50 === 0 ? 3_700 : (300 - id) * 12 + 30);
  return {
    id,
    platform: 'qingdao',
    message: id % 3 === 0 ? 'uploadCarOutData' : 'uploadCarInData',
    key: `1001-1-20260302${String(100_000_000 + id * 7_919).slice(0, 9)}`,
    plate: `鲁B${String(10_000 + ((id * 7_919) % 90_000))}`,
    kind: 'record',
    status: 'delivered',
    attempts: 1,
    createdAt: created,
    nextAttemptAt: null,
    deliveredAt: toRfc3339(fromRfc3339(created) + 800),
    lastError: null,
    held: false,
    journalSeq: 4_000 + id * 3,
    body: {
      parkingCode: '1001',
      uid: `1001-1-20260302${String(100_000_000 + id * 7_919).slice(0, 9)}`,
      plateNo: '鲁B12345',
      plateColor: 2,
      entryNum: '1',
      entryTime: '2026-03-02 16:01:12',
      freeSpace: 57,
      operator: 'station',
      paper: 'none',
    },
    title: '',
    section: '',
    fields: { plateNo: '车牌号' },
    tries: [],
    why: null,
    chain: [],
    dependents: [],
    ...change,
  };
}
