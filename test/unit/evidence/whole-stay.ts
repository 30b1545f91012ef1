import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Actor, type EventDraft, type EventKind, eventBodies } from '../../../shared/domain/events.ts';
import { jpegOfSize } from '../../peers/jpeg.ts';
import { aStay } from '../../support/events.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import type { TempStore } from '../../support/temp-store.ts';

export const STATION: Actor = { kind: 'station', name: 'station' };
export const CASHIER: Actor = { kind: 'user', name: '小王' };
const spaces = { total: 100, open: 90, inside: 1, free: 89 };
const inLane = { id: 'in1', name: '东门入口', number: 1 };
const outLane = { id: 'out1', name: '东门出口', number: 2 };
const MINUTE = 60_000;

interface Place {
  readonly key?: string | null;
  readonly laneId?: string | null;
  readonly passageId?: string | null;
  readonly actor?: Actor;
}

/** A draft whose body may leave out what has a default: it is read by the schema of its kind. */
export function event(kind: EventKind, body: object, place: Place = {}): EventDraft {
  const { key = null, laneId = null, passageId = null, actor = STATION } = place;
  return { kind, key, laneId, passageId, actor, body: eventBodies[kind].parse(body) } as EventDraft;
}

/** Stores a picture as the station does, and returns the body of its event. */
export function takePhoto(temp: TempStore, id: string, purpose: string, takenAt: number, stay: object | null): object {
  const jpeg = jpegOfSize(3000);
  const name = `2026-03-02/${id}.jpg`;
  const file = join(temp.directory, 'photos', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, jpeg);
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  return { photoId: id, purpose, stay, takenAt, name, bytes: jpeg.byteLength, sha256 };
}

/**
 * One car from entry to exit, with all that may happen to it: read wrong and corrected, opened for by hand, paid in cash, a
 * device that went away while it stood there. Returns the uid.
 */
export function wholeStay(temp: TempStore, clock: FakeClock, uid: string, remark = '后排乘客要求'): string {
  const record = (...drafts: readonly EventDraft[]): void => {
    clock.jumpWall(1000);
    temp.store.write((tx) => {
      for (const draft of drafts) tx.record(draft);
    });
  };
  const step = { day: 1, from: '2026-03-02T08:00:00+08:00', to: '2026-03-02T09:05:00+08:00', minutes: 65 };
  const steps = [
    { ...step, kind: 'first-period', units: 1, unitFen: 500, amountFen: 500, text: '首时段 60 分钟 5.00 元' },
    {
      ...step,
      kind: 'following-periods',
      units: 1,
      unitFen: 200,
      amountFen: 200,
      text: '后续 5 分钟，按 1 个 30 分钟计 2.00 元',
    },
  ];
  const plate = { text: '鲁B12345', color: 'blue', kind: 'ordinary' } as const;
  const misread = { text: '鲁B1234S', color: 'blue', kind: 'ordinary' } as const;
  const inPassage = `pin-${uid}`;
  const outPassage = `pout-${uid}`;
  const read = { serialNo: 'SN', plateId: null, confidence: 91, trigger: 'loop', capturedAt: null, stored: false };

  const inside = aStay(uid, { plate: misread, entryLane: inLane, enteredAt: clock.now(), entryRecordId: inPassage });
  const atEntry = { laneId: 'in1', passageId: inPassage };
  record(event('plate-read', { ...read, deviceId: 'cam-in1', plate: misread, direction: 'in' }, atEntry));
  record(
    event(
      'vehicle-entered',
      { stay: inside, lane: inLane, booth: '1', spaces, how: 'automatic' },
      { ...atEntry, key: uid },
    ),
    event('photo-taken', takePhoto(temp, `ph-in-${uid}`, 'entry', clock.now(), inside), { ...atEntry, key: uid }),
    event(
      'gate-commanded',
      { commandId: `c1-${uid}`, action: 'open', origin: 'decision', reason: null, plate: misread, photoId: null },
      { ...atEntry, key: uid },
    ),
  );
  record(event('gate-answered', { commandId: `c1-${uid}`, outcome: 'done', detail: '' }, atEntry));
  const right = { ...inside, plate };
  record(
    event('plate-corrected', { before: misread, after: plate, stay: right }, { ...atEntry, key: uid, actor: CASHIER }),
  );
  record(event('passage-ended', { how: 'passed', plate, reason: null }, { ...atEntry, key: uid }));

  clock.jumpWall(30 * MINUTE);
  record(event('device-state', { deviceId: 'cam-north', state: 'offline', detail: 'no answer' }, { laneId: 'north' }));
  record(event('clock-jumped', { byMs: 90_000 }));
  clock.jumpWall(34 * MINUTE);

  const atExit = { laneId: 'out1', passageId: outPassage };
  record(event('plate-read', { ...read, deviceId: 'cam-out1', plate, direction: 'out', openedByCamera: true }, atExit));
  record(event('device-state', { deviceId: 'bar-out1', state: 'offline', detail: 'no answer' }, { laneId: 'out1' }));
  record(event('passage-waiting', { reason: 'clock-reversed', plate }, atExit));
  const left = {
    ...right,
    ...{ status: 'left', exitLane: outLane, exitedAt: clock.now(), exitRecordId: outPassage },
    ...{ chargeFen: 700, dueFen: 700, paidFen: 700 },
  };
  const bill = {
    ...{ billId: `b-${uid}`, stay: { ...right, chargeFen: 700, dueFen: 700, paidFen: 700 }, lane: outLane },
    ...{ chargeFen: 700, dueFen: 700, paidFen: 700, method: 'cash', scene: 'gate', via: null },
    ...{ billedAt: clock.now(), paidAt: clock.now(), steps, receivedFen: 1000, changeFen: 300 },
  };
  record(
    event('bill-paid', bill, { ...atExit, key: uid, actor: CASHIER }),
    event(
      'vehicle-exited',
      { stay: left, lane: outLane, booth: '1', spaces, how: 'paid', reason: null },
      { ...atExit, key: uid, actor: CASHIER },
    ),
    event('photo-taken', takePhoto(temp, `ph-out-${uid}`, 'exit', clock.now(), left), { ...atExit, key: uid }),
    event(
      'gate-commanded',
      { commandId: `c2-${uid}`, action: 'open', origin: 'payment', reason: null, plate, photoId: `ph-out-${uid}` },
      { ...atExit, key: uid, actor: CASHIER },
    ),
  );
  record(event('gate-answered', { commandId: `c2-${uid}`, outcome: 'unknown', detail: 'no answer' }, atExit));
  record(
    event(
      'gate-commanded',
      { commandId: `c3-${uid}`, action: 'open', origin: 'manual', reason: remark, plate, photoId: `ph-man-${uid}` },
      { ...atExit, key: uid, actor: CASHIER },
    ),
  );
  record(event('gate-answered', { commandId: `c3-${uid}`, outcome: 'done', detail: '' }, atExit));
  record(event('photo-taken', takePhoto(temp, `ph-man-${uid}`, 'manual', clock.now(), null), { laneId: 'out1' }));
  record(event('passage-ended', { how: 'passed', plate, reason: null }, { ...atExit, key: uid }));
  return uid;
}
