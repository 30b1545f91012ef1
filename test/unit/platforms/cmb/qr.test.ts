import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { paymentCode, paymentPage } from '../../../../electron/station/platforms/cmb/qr.ts';
import { ANNA, CAR, CmbWorld } from './cmb-world.ts';
import { PARK_CODE, settings } from './support.ts';

describe('the payment page', () => {
  const at = (baseUrl: string, host = '') => paymentPage(settings({ baseUrl, qr: { host } }));

  it('belongs to the environment of the platform', () => {
    expect(at('https://openmain.park.cmbchina.biz')).toBe('https://cmain.park.cmbchina.biz');
    expect(at('https://openmain-uat.park.cmbchina.biz/')).toBe('https://cmain-uat.park.cmbchina.biz');
    expect(at('https://OPENMAIN-ST.park.cmbchina.biz:443/x')).toBe('https://cmain-st.park.cmbchina.biz');
  });

  it('is guessed for nobody else', () => {
    expect(at('http://127.0.0.1:9')).toBeUndefined();
    expect(at('https://openmain-dev.park.cmbchina.biz')).toBeUndefined();
  });

  it('may be told', () => {
    expect(at('http://127.0.0.1:9', 'http://10.0.0.7:8080/bank/')).toBe('http://10.0.0.7:8080/bank');
    expect(at('http://127.0.0.1:9', ' cmain.example ')).toBe('https://cmain.example');
    expect(at('http://127.0.0.1:9', 'not a host')).toBeUndefined();
  });
});

describe('the dynamic code', () => {
  it('is the address of 3.5, each value encoded as UTF-8', () => {
    const about = { parkCode: '3308020001', vpl: '苏ZZ9871', exit: 12 };
    expect(paymentCode('https://cmain-uat.park.cmbchina.biz', about)).toBe(
      'https://cmain-uat.park.cmbchina.biz/ytc/login?type=1&park_code=3308020001&vpl_number=%E8%8B%8FZZ9871&berth_number=12',
    );
    expect(paymentCode('https://cmain.park.cmbchina.biz', { ...about, exit: undefined })).toBe(
      'https://cmain.park.cmbchina.biz/ytc/login?type=1&park_code=3308020001&vpl_number=%E8%8B%8FZZ9871',
    );
  });

  it('says whatever a car is called, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (vpl) => {
        const { searchParams } = new URL(paymentCode('https://x.example', { parkCode: '1', vpl, exit: 2 }));
        expect([...searchParams]).toEqual([
          ...[
            ['type', '1'],
            ['park_code', '1'],
            ['vpl_number', vpl],
            ['berth_number', '2'],
          ],
        ]);
      }),
    );
  });
});

describe('the code as a way to pay', () => {
  let world: CmbWorld;
  afterEach(() => world.dispose());

  const HOST = { qr: { host: 'https://pay.example' } };
  const charge = async (billId: string) => {
    const charged = world.payments.desk.charge(billId, { channel: 'cmb-qr' }, ANNA);
    charged.catch(() => undefined);
    await world.settled();
    return await charged;
  };

  it('is shown at the exit with its number, and again it is the same order; nobody is asked', async () => {
    world = await CmbWorld.open({ settings: { ...HOST, codes: { gates: { out1: 77 } } } });
    const uid = await world.parked(61);
    world.car('out1');
    const bill = world.bill(uid);
    const shown = await charge(bill.id);
    expect(shown.text).toBe(
      `https://pay.example/ytc/login?type=1&park_code=${PARK_CODE}&vpl_number=${encodeURIComponent(CAR)}&berth_number=77`,
    );
    expect(shown.attempt).toMatchObject({ channel: 'cmb-qr', state: 'sent', amountFen: 1000 });
    expect((await charge(bill.id)).attempt.id).toBe(shown.attempt.id);
    await world.pass(60_000, 6);
    expect(world.read.attempts.get(shown.attempt.id)?.state).toBe('sent');
    expect(world.asked.filter(({ name }) => name.startsWith('Pay') || name.startsWith('Auto'))).toEqual([]);
  });

  it('that nobody paid is over when the bill is paid in cash', async () => {
    world = await CmbWorld.open({ settings: HOST });
    const uid = await world.parked(61);
    world.car('out1');
    const bill = world.bill(uid);
    const { attempt } = await charge(bill.id);
    world.cash(bill);
    await world.comes('reversed', () => world.read.attempts.get(attempt.id)?.state === 'reversed');
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
  });

  it.each([
    ['switched off', { qr: { ...HOST.qr, enabled: false } }],
    ['without a page to show', {}],
  ])('is not offered where it is %s', async (_what, changes) => {
    world = await CmbWorld.open({ settings: changes });
    const uid = await world.parked(61);
    world.car('out1');
    await expect(charge(world.bill(uid).id)).rejects.toMatchObject({ reason: 'channel-refuses' });
  });

  it('cannot give back what was paid', async () => {
    world = await CmbWorld.open({ settings: HOST });
    const [, channel] = world.platform.channels;
    const uid = await world.parked(61);
    world.car('out1');
    const { attempt } = await charge(world.bill(uid).id);
    const never = new AbortController().signal;
    const paid = { ...attempt, state: 'reversing', reference: 'bank-1' } as const;
    expect(channel?.givesBack).toBe(false);
    expect(await channel?.reverse(paid, never)).toBe('refused');
    expect(await channel?.query(paid, never)).toMatchObject({ state: 'paid', reference: 'bank-1' });
    expect(await channel?.reverse({ ...paid, reference: null }, never)).toBe('reversed');
  });
});
