import { afterEach, describe, expect, it } from 'vitest';
import {
  isTold,
  noteAutoPay,
  postUrlOf,
  toldAutoPaySchema,
} from '../../../../electron/station/platforms/cmb/bindings.ts';
import { CAR, CmbWorld } from './cmb-world.ts';

let world: CmbWorld;
let opened = false;
async function open(): Promise<void> {
  world = await CmbWorld.open();
  opened = true;
}
afterEach(async () => {
  if (opened) await world.dispose();
  opened = false;
});

const kept = (plate = CAR) =>
  world.read.agreements.ofPlate(plate).map(({ platform, kind, uid, limitFen }) => [platform, kind, uid, limitFen]);
const bind = (changes: Readonly<Record<string, string>> = {}) =>
  world.push('autoPayBind', { vpl_number: CAR, auto_pay_type: '0', limiter: '50000', ...changes });
const unbind = (plate = CAR) => world.push('autoPayUnbind', { vpl_number: plate });
const OK = { status: 0, message: 'success' };

describe('a binding', () => {
  it('of a car inside counts for its stay, and is repeated without effect', async () => {
    await open();
    const uid = await world.parked(5);
    expect(await bind()).toEqual(OK);
    expect(kept()).toEqual([['cmb', 'auto-pay', uid, 50_000]]);
    await world.settled();
    const { seq } = world.read.journal.last();
    expect(await bind()).toEqual(OK);
    expect(world.read.journal.last().seq).toBe(seq);
  });

  it('told again with another limit replaces it, also what was known before the car came', async () => {
    await open();
    expect(await bind({ limiter: '90000' })).toEqual(OK);
    expect(kept()).toEqual([['cmb', 'auto-pay', null, 90_000]]);
    const uid = await world.parked(5);
    expect(await bind({ limiter: '300' })).toEqual(OK);
    expect(kept()).toEqual([['cmb', 'auto-pay', uid, 300]]);
  });

  it('is taken back whatever it was kept for; what was never there is taken back as well', async () => {
    await open();
    await bind();
    await world.parked(5);
    expect(await unbind()).toEqual(OK);
    expect(kept()).toEqual([]);
    expect(await unbind('京B99999')).toEqual(OK);
  });

  it('leaves alone what another platform agreed', async () => {
    await open();
    const city = { kind: 'platform', name: 'qingdao' } as const;
    world.registry.agreements.put({ platform: 'qingdao', plate: CAR, kind: 'auto-pay', limitFen: null }, city);
    await unbind();
    expect(kept()).toEqual([['qingdao', 'auto-pay', null, null]]);
  });

  it('spells a plate as it likes', async () => {
    await open();
    const uid = await world.parked(5);
    expect(await bind({ vpl_number: '京a·12311' })).toEqual(OK);
    expect(kept()).toEqual([['cmb', 'auto-pay', uid, 50_000]]);
  });

  it.each([
    ['without a plate', { vpl_number: '' }, 400],
    ['without a limit', { limiter: '' }, 400],
    ['with a limit that is none', { limiter: '5.5' }, 400],
    ['with a negative limit', { limiter: '-1' }, 400],
    ['with a way to charge that nobody knows', { auto_pay_type: '2' }, 400],
    ['of a virtual plate, which no owner can be found by', { vpl_number: '无A201903070000011223' }, 1],
    ['of a virtual plate of our own', { vpl_number: 'W0123456789ABCDE' }, 1],
  ])('%s is refused and changes nothing', async (_what, changes, status) => {
    await open();
    await world.parked(5);
    await world.settled();
    const { seq } = world.read.journal.last();
    expect(await bind(changes)).toMatchObject({ status });
    expect(world.read.journal.last().seq).toBe(seq);
  });

  it('with a limit beyond any fee, or none of its unused fields, is taken', async () => {
    await open();
    const uid = await world.parked(5);
    expect(await world.push('autoPayBind', { vpl_number: CAR, limiter: '9999999999' })).toEqual(OK);
    expect(kept()).toEqual([['cmb', 'auto-pay', uid, 10_000_000]]);
  });

  it('keeps its serial number, kind and address over restarts and newer answers, until it is taken back', async () => {
    await open();
    const uid = await world.parked(5);
    const url = 'https://bank.example/api/AutoPay';
    await bind({ auto_pay_type: '1', serial_no: 'S-7', post_url: url });
    noteAutoPay(world.context, { plate: CAR, uid }, { signed: true, limitFen: 700 });
    expect(kept()).toEqual([['cmb', 'auto-pay', uid, 700]]);
    const note = (): unknown => JSON.parse(world.read.memory.get('cmb', `auto-pay:${CAR}`) ?? '{}');
    expect(note()).toMatchObject({ serialNo: 'S-7', payType: 1, postUrl: url, uid, at: world.clock.now() });
    expect(postUrlOf(world.context, CAR)).toBe(url);
    await unbind();
    expect(note()).toMatchObject({ serialNo: '', postUrl: '', signed: false });
    expect(postUrlOf(world.context, CAR)).toBeUndefined();
  });

  it.each(['', 'ftp://bank.example/x', 'javascript:alert(1)', 'bank.example/api', 'http://'])(
    'an address like %j leads nowhere',
    async (post_url) => {
      await open();
      expect(await bind({ post_url })).toEqual(OK);
      expect(postUrlOf(world.context, CAR)).toBeUndefined();
    },
  );
});

describe('what an answer tells', () => {
  it.each([
    [
      { uid: 1, limit: 50_000 },
      { signed: true, limitFen: 50_000 },
    ],
    [
      { uid: '1', limit: '50000' },
      { signed: true, limitFen: 50_000 },
    ],
    [{ uid: 1 }, { signed: true, limitFen: null }],
    [
      { uid: 1, limit: 999_999_999_999 },
      { signed: true, limitFen: 10_000_000 },
    ],
    [{ uid: 0 }, { signed: false, limitFen: null }],
    [{ uid: 2 }, { signed: null, limitFen: null }],
    [{}, { signed: null, limitFen: null }],
  ])('%j', (data, told) => {
    expect(toldAutoPaySchema.parse(data)).toEqual(told);
  });

  it.each(['-1', '5.5', 'none', -1, {}])('a limit like %j covers nothing', (limit) => {
    expect(toldAutoPaySchema.parse({ uid: 1, limit })).toEqual({ signed: true, limitFen: 0 });
  });

  it.each(['', null])('a limit like %j is none of ours', (limit) => {
    expect(toldAutoPaySchema.parse({ uid: 1, limit })).toEqual({ signed: true, limitFen: null });
  });

  it('for a stay that ended, or is called otherwise by now, is kept for nobody', async () => {
    await open();
    const uid = await world.parked(5);
    const yes = { signed: true, limitFen: 100 };
    expect(noteAutoPay(world.context, { plate: '京B00000', uid }, yes)).toBe(false);
    expect(noteAutoPay(world.context, { plate: CAR, uid: 'gone' }, yes)).toBe(false);
    expect(noteAutoPay(world.context, { plate: CAR, uid }, { signed: null, limitFen: null })).toBe(false);
    world.car('out1');
    await world.comes('out', () => world.read.stays.get(uid)?.status === 'left');
    expect(noteAutoPay(world.context, { plate: CAR, uid }, yes)).toBe(false);
    expect(kept()).toEqual([]);
  });

  it('is known to have been told of this stay, also when it was a no', async () => {
    await open();
    await bind();
    const uid = await world.parked(5);
    const stay = world.read.stays.get(uid);
    if (!stay) throw new Error('no stay');
    expect(isTold(world.context, stay)).toBe(false);
    noteAutoPay(world.context, { plate: CAR, uid }, { signed: false, limitFen: null });
    expect([isTold(world.context, stay), kept()]).toEqual([true, []]);
  });
});
