import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { migrate } from '../../../electron/station/store/migrate.ts';
import { foundation } from '../../../electron/station/store/migrations/0010-foundation.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { siteSchema } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { HOURLY, IN, OUT } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';

const ENTERED = Date.UTC(2026, 2, 2, 0, 0, 0);
const NOW = ENTERED + 3 * 3_600_000;
const stay = {
  uid: 'uid2',
  plate: { text: '鲁B12345', color: 'blue', kind: 'ordinary' },
  vehicleClass: 'small',
  parkingType: 'temporary',
  entryLane: { id: 'in1', name: '入口', number: 1 },
  enteredAt: ENTERED,
  entryRecordId: 'pass1',
  status: 'inside',
  exitLane: null,
  exitedAt: null,
  exitRecordId: null,
  chargeFen: 0,
  dueFen: 0,
  paidFen: 0,
};
/** As the version before the rule book stored it: a car at the exit with its bill. */
const CHARGING = {
  phase: 'charging',
  passage: {
    id: 'pass4',
    startedAt: NOW,
    seenAt: NOW,
    plate: stay.plate,
    readPlate: null,
    confidence: 99,
    photo: null,
    attention: null,
    uid: 'uid2',
    bill: {
      id: 'bill6',
      tariffId: 't',
      minutes: 180,
      chargeFen: 1500,
      discountFen: 0,
      paidFen: 0,
      dueFen: 1500,
      createdAt: NOW,
      steps: [],
    },
  },
  waiting: [],
  held: true,
  lastCommand: null,
  underArm: false,
};

function oldDatabase(file: string): void {
  const db = new Database(file);
  migrate(db, [foundation]);
  db.prepare(
    `INSERT INTO stays VALUES (@uid, 'inside', '鲁B12345', 'blue', 'ordinary', 'small', 'temporary', @lane, @entered, 'pass1', NULL, NULL, NULL, 0, 0, 0)`,
  ).run({ uid: stay.uid, lane: JSON.stringify(stay.entryLane), entered: ENTERED });
  db.prepare(
    `INSERT INTO stays VALUES ('uid0', 'left', '鲁B00000', 'blue', 'ordinary', 'small', 'temporary', @lane, @entered, 'pass0', @lane, @entered, 'pass9', 500, 500, 500)`,
  ).run({ lane: JSON.stringify(stay.entryLane), entered: ENTERED - 86_400_000 });
  db.prepare(
    `INSERT INTO payments VALUES ('bill0', 'uid0', 'cash', 'gate', NULL, 500, 500, 500, 1, 2, '李四', '[]')`,
  ).run();
  db.prepare(
    `INSERT INTO list_entries VALUES ('l1', 'black', '鲁B66666', NULL, 0, 4102415999000, '', '李四', 1)`,
  ).run();
  db.prepare('INSERT INTO lane_states VALUES (?, ?)').run(OUT.id, JSON.stringify(CHARGING));
  db.close();
}

it('a database of the version before is taken over with a car at the exit: its bill is paid, its stay ends', () => {
  const directory = tempDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'gatehouse.db');
  oldDatabase(file);

  const clock = new FakeClock(NOW + 60_000);
  const db = openDatabase(file);
  onTestFinished(() => {
    db.close();
  });
  const store = new Store(db, clock);
  const log = memoryLog();
  const ids = new SystemIds(clock);
  const site = siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 10, openSpaces: 10 });
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const lanes = new LaneRuntime({
    ...{ store, clock, ids, log, site, lanes: [IN, OUT], areas: [], pricing: new Pricing([HOURLY], site) },
    photos: new PhotoVault(join(directory, 'photos'), store.read.photos, log),
    gates: new GateKeeper({ find: () => undefined, alarms, clock, ids, log }),
    watcher: { opened: () => undefined, over: () => undefined },
    authority: () => undefined,
    collectors: () => [],
  });
  onTestFinished(() => lanes.stop());
  expect(lanes.spaces()).toMatchObject({ inside: 1, free: 9 });
  expect(store.read.stays.get('uid0')).toMatchObject({ chargeFen: 500, waivedFen: 0, terms: { kind: 'temporary' } });
  expect(store.read.payments.ofStay('uid0')).toMatchObject([{ state: 'paid', discounts: [], shift_id: null }]);
  expect(store.read.lists.valid({ text: '鲁B66666', color: 'blue' }, NOW).black).toMatchObject({
    ...{ id: 'l1', strategy: 'no-entry', plateColor: null, source: '李四', validTo: 4_102_415_999_000 },
  });

  lanes.recover();
  expect(lanes.state(OUT.id)).toMatchObject({ phase: 'charging', held: true });
  const user = { kind: 'user', name: '李四' } as const;
  lanes.order(OUT.id, { type: 'collect', method: 'cash', amountFen: 1500, actor: user });
  expect(store.read.stays.get('uid2')).toMatchObject({ status: 'left', chargeFen: 1500, paidFen: 1500 });
  expect(store.read.payments.sumOfStay('uid2')).toBe(1500);
  expect(lanes.spaces()).toMatchObject({ inside: 0, free: 10 });
  // Nobody knew of gaps then: the hold that was found standing begins one.
  expect(store.read.gaps.open(OUT.id, 'held-open')).toMatchObject({ direction: 'out' });
});
