import type { EventView } from '../../../shared/contract/journal.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { event, NOW, plate } from './build.ts';

const spaces = { total: 150, open: 130, free: 57, inside: 93 };
const inLane = { id: 'in1', name: '西门入口', number: 1 };
const outLane = { id: 'out2', name: '东门出口', number: 2 };

function storedStay(of: Plate, dueFen = 0): Stay {
  return {
    uid: '1001-1-20260302160112000',
    status: 'inside',
    plate: of,
    vehicleClass: 'small',
    parkingType: 'temporary',
    entryLane: inLane,
    enteredAt: NOW - 7_000_000,
    entryRecordId: 'r1',
    exitLane: null,
    exitedAt: null,
    exitRecordId: null,
    chargeFen: dueFen,
    dueFen,
    paidFen: dueFen,
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
      body: { stay: storedStay(a, 1500), lane: outLane, booth: null, spaces, how: 'paid', reason: null },
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
    ...event(12, 10, { kind: 'config-applied', body: { source: 'file', sha256: '' } }),
    kind: 'coupon-used',
  };
  return [...rows, later];
}
