import type { EventView } from '../../../shared/contract/journal.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { event, NOW, plate } from './build.ts';

const spaces = { total: 150, open: 130, free: 57, inside: 93 };
const inLane = { id: 'in1', name: '西门入口', number: 1 };
const outLane = { id: 'out2', name: '东门出口', number: 2 };

export function storedStay(of: Plate, dueFen = 0): Stay {
  return {
    uid: '1001-1-20260302160112000',
    status: 'inside',
    plate: of,
    vehicleClass: 'small',
    parkingType: 'temporary',
    berth: null,
    entryLane: inLane,
    enteredAt: NOW - 7_000_000,
    entryRecordId: 'r1',
    exitLane: null,
    exitedAt: null,
    exitRecordId: null,
    chargeFen: dueFen,
    dueFen,
    paidFen: dueFen,
    identity: null,
    terms: TEMPORARY,
    areaId: null,
    segments: [],
    discountFen: 0,
    waivedFen: 0,
    owedFen: 0,
    lastPaidAt: null,
    discounts: [],
    usedDiscounts: [],
    doubts: [],
    reviewedAt: null,
  };
}

/** An afternoon at the booth, oldest first, with one row of a kind that this version does not know. */
export function busyEvents(): readonly EventView[] {
  const a = plate('鲁B7K218');
  const b = plate('鲁BD12345', 'green', 'new-energy-small');
  const c = plate('苏E05EV8');
  const person = { kind: 'user', name: '王秀兰' } as const;
  const rows: EventView[] = [
    event(1, 20_000, { kind: 'station-started', body: { version: '0.1.0', previous: 'crashed', downMs: 240_000 } }),
    event(2, 19_000, { kind: 'signed-in', actor: person, body: { role: 'attendant' } }),
    event(3, 3_000, {
      kind: 'vehicle-entered',
      laneId: 'in1',
      body: { stay: storedStay(c), lane: inLane, booth: null, spaces, how: 'automatic' },
    }),
    event(4, 1_400, {
      kind: 'vehicle-exited',
      laneId: 'out2',
      body: { stay: storedStay(a, 1500), lane: outLane, booth: null, spaces, how: 'paid', reason: null, steps: [] },
    }),
    event(5, 1_200, {
      kind: 'vehicle-exited',
      laneId: 'out2',
      actor: person,
      body: {
        stay: { ...storedStay(c, 3000), paidFen: 0 },
        lane: outLane,
        booth: null,
        spaces,
        how: 'released',
        reason: '军警消防救护',
        steps: [],
      },
    }),
    event(6, 900, {
      kind: 'gate-commanded',
      laneId: 'in1',
      actor: person,
      body: { commandId: 'c1', action: 'open', origin: 'manual', reason: '车到闸未抬', plate: null, photoId: null },
    }),
    event(7, 700, { kind: 'device-state', body: { deviceId: 'cam-out2', state: 'offline', detail: '' } }),
    event(8, 690, { kind: 'device-state', body: { deviceId: 'cam-out2', state: 'online', detail: '' } }),
    event(9, 400, {
      kind: 'plate-corrected',
      laneId: 'in1',
      actor: person,
      body: { before: plate('鲁B8K21B'), after: a, stay: null },
    }),
    event(10, 120, { kind: 'passage-waiting', laneId: 'out2', body: { reason: 'no-entry', plate: c } }),
    event(11, 30, {
      kind: 'vehicle-entered',
      laneId: 'in1',
      body: { stay: storedStay(b), lane: inLane, booth: null, spaces, how: 'automatic' },
    }),
  ];
  const later: EventView = {
    ...event(12, 10, {
      kind: 'config-applied',
      body: { source: 'file', sha256: '', revision: null, changes: [], changeCount: 0 },
    }),
    kind: 'coupon-used',
  };
  return [...rows, later];
}

/** What the office and the drawer did in an afternoon: one row of each kind that people read. */
export function moneyEvents(): readonly EventView[] {
  const a = plate('鲁B7K218');
  const person = { kind: 'user', name: '王秀兰' } as const;
  const stay = storedStay(a, 1500);
  return [
    event(1, 9_000, {
      kind: 'shift-changed',
      actor: person,
      body: {
        change: 'opened',
        shift: {
          id: 's1',
          cashier: '王秀兰',
          booth: 'b1',
          kind: 'normal',
          standsInFor: null,
          openedAt: NOW - 9_000_000,
          floatFen: 20_000,
          state: 'open',
          cashInFen: 0,
          cashRefundedFen: 0,
          paidOutFen: 0,
          changeKeptFen: 0,
          changeHandedFen: 0,
          count: null,
          countedFen: null,
          expectedFen: null,
          differenceFen: null,
          differenceReason: null,
          closedAt: null,
          leftFen: null,
          confirmedBy: null,
          confirmedAt: null,
          takenOverFen: null,
          takenOverCount: null,
        },
      },
    }),
    event(2, 8_000, {
      kind: 'debt-changed',
      actor: person,
      body: {
        change: 'added',
        debt: {
          id: 'd1',
          uid: stay.uid,
          plate: a.text,
          amountFen: 1500,
          paidFen: 0,
          since: NOW,
          reason: '手机没电或没带钱',
          intercept: 'none',
          state: 'open',
          source: '王秀兰',
          updatedAt: NOW,
        },
      },
    }),
    event(3, 7_000, {
      kind: 'case-changed',
      laneId: 'out2',
      body: {
        change: 'opened',
        case: {
          id: 'c1',
          kind: 'seen-again',
          uid: stay.uid,
          laneId: 'out2',
          passageId: null,
          plate: a.text,
          amountFen: 0,
          detail: '',
          openedAt: NOW,
          owner: null,
          closedAt: null,
          closedBy: null,
          resolution: null,
        },
      },
    }),
    event(4, 6_000, {
      kind: 'gap-changed',
      laneId: 'out2',
      body: {
        gap: { id: 'g1', kind: 'held-open', laneId: 'out2', direction: 'out', from: NOW, to: null, openings: 0 },
      },
    }),
    event(5, 5_000, {
      kind: 'passage-approved',
      laneId: 'out2',
      actor: person,
      body: { attention: 'blacklisted', plate: a, reason: '管理员同意' },
    }),
    event(6, 4_000, {
      kind: 'refund-changed',
      body: {
        refund: {
          id: 'r1',
          billId: 'b1',
          attemptId: null,
          uid: stay.uid,
          amountFen: 500,
          method: 'cash',
          reason: '重复缴费',
          state: 'requested',
          requestedBy: '王秀兰',
          decidedBy: null,
          shiftId: null,
          createdAt: NOW,
          updatedAt: NOW,
        },
      },
    }),
    event(7, 3_000, {
      kind: 'vehicle-exited',
      laneId: 'out2',
      actor: person,
      body: {
        stay: { ...stay, paidFen: 0, owedFen: 1500 },
        lane: outLane,
        booth: null,
        spaces,
        how: 'debt',
        reason: '手机没电或没带钱',
        steps: [],
      },
    }),
    event(8, 2_000, {
      kind: 'followed-through',
      laneId: 'in1',
      body: { plate: plate('鲁U3B902', 'yellow'), after: 'p-before' },
    }),
  ];
}
