import type { EventView } from '../../../shared/contract/journal.ts';
import type { AskedView, BillView, DeviceView, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import type { ListEntryView } from '../../../shared/contract/lists.ts';
import type { MessageView, PlatformLink } from '../../../shared/contract/outbox.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import type { ListEntry } from '../../../shared/domain/list.ts';
import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import { isApprovable } from '../lanes/rework.ts';
import type { GateCommand, LaneState, Passage } from '../lanes/state.ts';
import type { LinkStatus } from '../outbox/hub.ts';
import { statusOf } from '../outbox/states.ts';
import type { ChangePage } from '../payments/change-orders.ts';
import type { OutboxRow } from '../store/outbox-store.ts';
import type { Repositories } from '../store/repositories.ts';
import { changeOrderView } from './change-order-view.ts';

/** How the inside looks from outside: instants become RFC 3339, secrets and internals stay behind. Pure. */

const when = (at: EpochMs | null): string | null => (at === null ? null : toRfc3339(at));

export function stayView(stay: Stay): StayView {
  const { entryRecordId: _entry, exitRecordId: _exit, ...shown } = stay;
  return { ...shown, enteredAt: toRfc3339(stay.enteredAt), exitedAt: when(stay.exitedAt) };
}

const entryPhoto = (read: Repositories, uid: string): string | null =>
  read.photos.ofStay(uid).find((photo) => photo.purpose === 'entry')?.id ?? null;

export function billView(bill: Bill): BillView {
  const { uid: _uid, state: _state, scene: _scene, ...shown } = bill;
  return {
    ...shown,
    toPayFen: toPayFen(bill),
    createdAt: toRfc3339(bill.createdAt),
    validUntil: when(bill.validUntil),
  };
}

function askedView({ asked, startedAt }: Passage, authority: Lane['authority']): AskedView | null {
  if (!asked || !authority) return null;
  const { attempt, pending, failures, answer, detail, verdict } = asked;
  const { giveUpAfter, onGiveUp, pollSeconds } = authority;
  return {
    ...{ attempt, pending, failures, giveUpAfter, onGiveUp, pollSeconds, answer, detail },
    verdict,
    since: toRfc3339(asked.since || startedAt),
  };
}

function passageView(
  passage: Passage,
  lane: Lane,
  { read, changePage }: { readonly read: Repositories; readonly changePage?: ChangePage | undefined },
  doubts: readonly Doubt[],
): PassageView {
  const stay = passage.uid ? read.stays.get(passage.uid) : undefined;
  return {
    id: passage.id,
    startedAt: toRfc3339(passage.startedAt),
    plate: passage.plate,
    readPlate: passage.readPlate,
    confidence: passage.confidence,
    attention: passage.attention,
    needsReason: passage.firm,
    approvable: isApprovable(passage),
    warnings: passage.warnings,
    identity: passage.identity,
    candidates: passage.candidates.flatMap(({ uid, plate, cost }) => {
      const other = read.stays.get(uid);
      return other ? [{ uid, plate, cost, enteredAt: toRfc3339(other.enteredAt), photoId: entryPhoto(read, uid) }] : [];
    }),
    doubts: doubts.map((doubt) => ({ ...doubt, at: toRfc3339(doubt.at) })),
    photoId: passage.photo?.id ?? null,
    entryPhotoId: stay ? entryPhoto(read, stay.uid) : null,
    stay: stay ? stayView(stay) : null,
    bill: passage.bill && billView(passage.bill),
    changeOrders: passage.payments.flatMap(({ billId }) => {
      const order = read.changeOrders.ofBill(billId);
      return order ? [changeOrderView(order, changePage)] : [];
    }),
    asked: askedView(passage, lane.authority),
    price: priceView(passage),
  };
}

/** Once it was heard the bill tells it. */
function priceView({ price }: Passage): PassageView['price'] {
  if (!price || price.state === 'known' || price.state === 'dropped') return null;
  const { platform, question, detail } = price;
  return { platform, since: toRfc3339(price.since), question, detail };
}

function lastCommandView({ id: _id, raised: _raised, at, ...shown }: GateCommand): LaneView['barrier']['lastCommand'] {
  return { ...shown, at: toRfc3339(at) };
}

export function laneView(
  lane: Lane,
  state: LaneState,
  around: {
    readonly read: Repositories;
    readonly direction: LaneDirection;
    readonly arm: LaneView['barrier']['arm'];
    /** The arm is to come down as soon as nothing stands under it. */
    readonly waits?: boolean;
    readonly loop: LaneView['loop'];
    readonly devices: readonly DeviceView[];
    /** Where change is paid out. */
    readonly changePage?: ChangePage | undefined;
    /** Doubts about a stay that nobody has looked at. */
    readonly doubts: (stay: Stay) => readonly Doubt[];
  },
): LaneView {
  const last = state.lastCommand;
  const waiting =
    state.phase === 'attention' && state.passage?.uid ? around.read.stays.get(state.passage.uid) : undefined;
  const passage = state.passage && passageView(state.passage, lane, around, waiting ? around.doubts(waiting) : []);
  return {
    id: lane.id,
    name: lane.name,
    direction: around.direction,
    bothWays: lane.direction === 'both',
    reversible: lane.reversible,
    authority: lane.authority?.platform ?? null,
    number: lane.number,
    booth: lane.booth ?? '',
    phase: state.phase,
    plate: passage?.plate ?? null,
    bill: passage?.bill ?? null,
    passage,
    waiting: state.waiting.map((arrival) => arrival.plate),
    barrier: {
      arm: around.arm,
      held: state.held,
      lastCommand: last && lastCommandView(last),
      ...(around.waits ? { waits: true } : {}),
    },
    loop: around.loop,
    devices: [...around.devices],
  };
}

export function eventView(event: Omit<EventView, 'at'> & { readonly at: EpochMs }): EventView {
  return {
    seq: event.seq,
    at: toRfc3339(event.at),
    kind: event.kind,
    key: event.key,
    laneId: event.laneId,
    passageId: event.passageId,
    actor: event.actor,
    body: event.body,
    hash: event.hash,
  };
}

/** `plate`: of the message's stay, as it stands now. */
export function messageView(row: OutboxRow, nextAttemptAt: EpochMs | null, plate: string | null): MessageView {
  return {
    id: row.id,
    platform: row.platform,
    message: row.message,
    key: row.key,
    plate,
    kind: row.kind,
    status: statusOf(row.state),
    attempts: row.attempts,
    createdAt: toRfc3339(row.created_at_ms),
    nextAttemptAt: when(nextAttemptAt),
    deliveredAt: row.state === 1 ? when(row.done_at_ms) : null,
    lastError: row.last_error,
    held: row.held === 1,
  };
}

export function linkView(link: LinkStatus, now: EpochMs): PlatformLink {
  const { clockDriftMs, downlink } = link.platform.status();
  const { waiting, refused, delivered, givenUp, oldest } = link.counts;
  return {
    platform: link.platform.id,
    title: link.platform.title,
    state: link.state,
    detail: link.detail,
    lastSuccessAt: when(link.lastSuccessAt),
    lastFailureAt: when(link.lastFailureAt),
    stuck: link.stuck,
    waiting,
    refused,
    deliveredToday: delivered,
    givenUpToday: givenUp,
    oldestWaitingSeconds: oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000)),
    clockDriftMs,
    downlink,
  };
}

export function listEntryView(entry: ListEntry): ListEntryView {
  return {
    ...entry,
    validFrom: toRfc3339(entry.validFrom),
    validTo: toRfc3339(entry.validTo),
    updatedAt: toRfc3339(entry.updatedAt),
  };
}
