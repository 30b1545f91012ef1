import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cmb } from '../../../electron/station/platforms/cmb/index.ts';
import { keytop } from '../../../electron/station/platforms/keytop/index.ts';
import type { Platform } from '../../../electron/station/platforms/platform.ts';
import { qingdao } from '../../../electron/station/platforms/qingdao/index.ts';
import { vanke } from '../../../electron/station/platforms/vanke/index.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import { settings as cmbSettings } from '../platforms/cmb/support.ts';
import { settings as keytopSettings } from '../platforms/keytop/support.ts';
import { deps, settings as qingdaoSettings } from '../platforms/qingdao/support.ts';
import { settings as vankeSettings } from '../platforms/vanke/support.ts';
import { ANNA, blue, KerbRig, MINUTE } from './kerb-rig.ts';

/** Cars at the kerb, told to whoever has only ever heard of lanes. */

let rig: KerbRig;
let day: readonly JournalEvent[];

/** Everything that may become of a car at the kerb, once each. */
beforeAll(async () => {
  rig = new KerbRig();
  const photo = new Uint8Array([0xff, 0xd8, 0xff]);
  rig.video(1, true, { at: rig.clock.now(), plate: blue('粤B11111'), photo });
  rig.geo(2, true, { at: rig.clock.now() });
  rig.geo(3, true, { at: rig.clock.now() });
  await rig.wait(40 * MINUTE);
  rig.identify(2, '粤B22222');
  const made = rig.payments.prepayments.bill({ uid: rig.stay(1).uid }, ANNA);
  if (made.kind === 'bill') rig.payments.prepayments.pay(made.bill.id, { method: 'cash', receivedFen: 500 }, ANNA);
  for (const number of [1, 2, 3]) await rig.left(number);
  const [debt] = rig.store.read.debts.due('粤B22222', rig.clock.now());
  rig.payments.arrears.pay(debt?.id ?? '', { method: 'cash', receivedFen: 500 }, ANNA);
  rig.video(4, true, { at: rig.clock.now(), plate: blue('粤B11111') });
  await rig.wait(MINUTE);
  rig.geo(2, true, { at: rig.clock.now() });
  await rig.wait(MINUTE);
  rig.video(2, true, { plate: blue('粤B11111') });
  day = rig.events();
});
afterAll(() => rig.dispose());

it('is a day with everything in it', () => {
  const kinds = new Set(day.map(({ kind }) => kind));
  for (const kind of [
    'vehicle-entered',
    'vehicle-exited',
    'bill-paid',
    'debt-changed',
    'stay-corrected',
    'stay-closed',
  ])
    expect(kinds).toContain(kind);
});

describe.each<readonly [string, () => Platform, readonly string[]]>([
  [
    'qingdao',
    () => qingdao.create(qingdaoSettings(), deps()),
    ['uploadCarInData', 'uploadCarOutData', 'uploadPayRecord'],
  ],
  ['cmb', () => cmb.create(cmbSettings(), deps()), []],
  ['keytop', () => keytop.create(keytopSettings(), deps()), ['PostCarInInfo']],
  ['vanke', () => vanke.create(vankeSettings(), deps()), []],
])('%s', (_id, platform, names) => {
  it('makes its messages of cars at the kerb as of others', async () => {
    const made = platform();
    const drafts = day.flatMap((event) => made.project(event));
    const messages = new Set(drafts.map(({ message }) => message));
    for (const name of names) expect(messages).toContain(name);
    for (const { message, body } of drafts.filter(({ message }) => message === 'uploadCarInData'))
      expect({ message, body }).toMatchObject({ body: { entryNum: expect.stringMatching(/^[1-4]$/) } });
    await made.stop();
  });
});
