import { afterEach, describe, expect, it } from 'vitest';
import { correctStay } from '../../../../electron/station/registry/corrections.ts';
import { siteSchema } from '../../../../shared/domain/site.ts';
import { AREAS, plate } from '../../../support/lane-world.ts';
import { ANNA, CAR, CmbWorld } from './cmb-world.ts';
import { APP_ID, bankSigns, PARK_CODE } from './support.ts';

let world: CmbWorld;
afterEach(() => world.dispose());

/** Put right in the office. */
function correct(uid: string, text: string): void {
  const { store, clock, lanes } = world;
  const site = siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 });
  const deps = { site, store, clock, areas: AREAS, laneOf: () => null, spaces: () => lanes.spaces() };
  correctStay(deps, uid, { plate: plate(text), reason: '识别错误' }, ANNA);
}
const never = new AbortController().signal;
const yes = (limit: number) => ({ status: 0, message: 'success', data: { uid: 1, limit } });
const no = { status: 0, message: 'success', data: { uid: 0 } };
const kept = (plate = CAR) => world.read.agreements.ofPlate(plate).map(({ uid, limitFen }) => [uid, limitFen]);
const asked = () => world.sent('AutoPayStatus').map((form) => form['vpl_number']);

describe('looking up a car', () => {
  it('asks the bank, signed, and keeps what it says of a car inside', async () => {
    world = await CmbWorld.open();
    world.answer('AutoPayStatus', yes(50_000));
    const uid = await world.parked(5);
    const said = await world.platform.lookUp(CAR, never);
    expect(said).toEqual({ kind: 'known', detail: '已开通无感支付，限额 500.00 元' });
    expect(kept()).toEqual([[uid, 50_000]]);
    const { sign, ...fields } = world.sent('AutoPayStatus')[0] ?? {};
    expect(fields).toEqual({ appid: APP_ID, park_code: PARK_CODE, vpl_number: CAR });
    expect(sign).toBe(bankSigns({ ...fields }));
    world.answer('AutoPayStatus', no);
    expect(await world.platform.lookUp(CAR, never)).toEqual({ kind: 'none', detail: '未开通无感支付' });
    expect(kept()).toEqual([]);
  });

  it('tells of a car that is not inside, and keeps only a no', async () => {
    world = await CmbWorld.open();
    world.answer('AutoPayStatus', yes(50_000));
    expect(await world.platform.lookUp(CAR, never)).toMatchObject({ kind: 'known' });
    expect(kept()).toEqual([]);
    await world.push('autoPayBind', { vpl_number: CAR, limiter: '300' });
    expect(kept()).toEqual([[null, 300]]);
    world.answer('AutoPayStatus', no);
    await world.platform.lookUp(CAR, never);
    expect(kept()).toEqual([]);
  });

  it.each([
    ['refuses', { status: 5, message: '系统繁忙' }, '无感状态未查到：5 系统繁忙'],
    ['says nothing of it', { status: 0, message: 'success' }, '无感状态未查到：answer: body'],
    ['says what nobody knows', { status: 0, data: { uid: 7 } }, '无感状态未查到：招行未返回状态'],
  ])('changes nothing where the bank %s', async (_what, answer, detail) => {
    world = await CmbWorld.open();
    const uid = await world.parked(5);
    await world.push('autoPayBind', { vpl_number: CAR, limiter: '300' });
    world.answer('AutoPayStatus', answer);
    const said = await world.platform.lookUp(CAR, never);
    expect([said.kind, said.detail.startsWith(detail)]).toEqual(['failed', true]);
    expect(kept()).toEqual([[uid, 300]]);
  });
});

describe('after an entry', () => {
  const enters = async (atEntry: string, indata: object = {}): Promise<string> => {
    world = await CmbWorld.open({ settings: { lookUp: { atEntry } } });
    world.answer('Indata', { status: 0, message: 'success', ...indata });
    world.answer('AutoPayStatus', yes(700));
    const uid = await world.parked(0);
    await world.settled();
    return uid;
  };

  it('never: nobody is asked', async () => {
    await enters('never');
    await world.pass(60_000);
    expect([asked(), kept()]).toEqual([[], []]);
  });

  it('always: at once', async () => {
    const uid = await enters('always', { data: { uid: 1, limit: 300 } });
    expect([asked(), kept()]).toEqual([[CAR], [[uid, 700]]]);
  });

  it('uncertain: asked where the answer to Indata said nothing', async () => {
    const uid = await enters('uncertain');
    expect(asked()).toEqual([]);
    await world.pass(8000);
    expect([asked(), kept()]).toEqual([[CAR], [[uid, 700]]]);
    await world.pass(60_000);
    expect(asked()).toEqual([CAR]);
  });

  it.each([
    ['yes', { uid: 1, limit: 300 }, 1],
    ['no', { uid: 0 }, 0],
  ])('uncertain: not asked where it said %s', async (_what, data, agreements) => {
    await enters('uncertain', { data });
    await world.pass(60_000);
    expect([asked(), kept().length]).toEqual([[], agreements]);
  });

  it('uncertain: asked where Indata is not answered, also on a line that is slow', async () => {
    world = await CmbWorld.open({ settings: { lookUp: { atEntry: 'uncertain' } } });
    world.answer('Indata', () => undefined);
    world.answer('AutoPayStatus', yes(700));
    const uid = await world.parked(0);
    await world.pass(8000, 8);
    expect([asked(), kept()]).toEqual([[CAR], [[uid, 700]]]);
    // The request that is on its way ends with its time.
    world.answer('Indata', { status: 0, message: 'success' });
    await world.pass(10_000, 2);
  });

  it('not of a car that left meanwhile', async () => {
    const uid = await enters('uncertain');
    world.car('out1');
    await world.comes('out', () => world.read.stays.get(uid)?.status === 'left');
    await world.pass(60_000);
    expect(asked()).toEqual([]);
  });

  it('a plate that was put right is asked about by its new name; the old one’s owner is not charged', async () => {
    const uid = await enters('uncertain', { data: { uid: 1, limit: 300 } });
    world.answer('AutoPayStatus', no);
    correct(uid, '京A12312');
    await world.settled();
    expect(asked()).toEqual(['京A12312']);
    expect(kept('京A12312')).toEqual([]);
  });

  it('a plate that was put right at the entry is asked about by its new name', async () => {
    const uid = await enters('uncertain');
    world.lanes.order('in1', { type: 'correct-plate', plate: plate('京A12312'), actor: ANNA });
    await world.settled();
    expect(asked()).toEqual(['京A12312']);
    expect(kept('京A12312')).toEqual([[uid, 700]]);
    await world.pass(60_000);
    expect(asked()).toEqual(['京A12312']);
  });

  it('is silent when nobody answers, and asks a few at once', async () => {
    world = await CmbWorld.open({ settings: { lookUp: { atEntry: 'always' } } });
    world.answer('AutoPayStatus', () => undefined);
    const plates = ['京B11111', '京B22222', '京B33333', '京B44444'];
    for (const text of plates) world.car('in1', text);
    await world.comes('asked', () => asked().length >= 2);
    expect(new Set(asked())).toEqual(new Set(['京B11111', '京B22222']));
    world.answer('AutoPayStatus', no);
    await world.pass(10_000);
    await world.comes('all asked', () => asked().length >= 4);
    expect(new Set(asked().slice(2))).toEqual(new Set(['京B44444', '京B33333']));
    expect(world.alarms.list().filter(({ code }) => code.includes('cmb') || code.includes('platform'))).toEqual([]);
  });
});
