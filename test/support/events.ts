import type { EventDraft } from '../../shared/domain/events.ts';
import { type Stay, staySchema } from '../../shared/domain/stay.ts';

const station = { kind: 'station', name: 'station' } as const;
const entryLane = { id: 'in1', name: '入口', number: 1 };

export function aStay(uid: string, over: Partial<Stay> = {}): Stay {
  return staySchema.parse({
    uid,
    status: 'inside',
    plate: { text: '鲁B12345', color: 'blue', kind: 'ordinary' },
    vehicleClass: 'small',
    parkingType: 'temporary',
    entryLane,
    enteredAt: Date.UTC(2026, 2, 2, 0, 0, 0),
    entryRecordId: `in-${uid}`,
    exitLane: null,
    exitedAt: null,
    exitRecordId: null,
    chargeFen: 0,
    dueFen: 0,
    paidFen: 0,
    ...over,
  });
}

export function entered(uid: string, over: Partial<Stay> = {}): EventDraft {
  return {
    kind: 'vehicle-entered',
    key: uid,
    laneId: 'in1',
    passageId: `in-${uid}`,
    actor: station,
    body: {
      stay: aStay(uid, over),
      lane: entryLane,
      booth: null,
      spaces: { total: 100, open: 90, inside: 1, free: 89 },
      how: 'automatic',
    },
  };
}
