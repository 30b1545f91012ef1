import { expect, test } from 'vitest';
import { IN } from '../../../support/lane-world.ts';
import { ANNA, type Data } from '../platform-station.ts';
import { at, CAR, CITY, type RegistryWorld, withWorld } from './registry-world.ts';

/** The test's day is 2026-03-02. */
const card = (fields: Data = {}): Data => ({
  ...{ msRecordId: 'MC0001', plateNumber: CAR, carColor: '0', amount: '300.00', status: 1 },
  ...{ beginTime: '2026-03-01 00:00:00', endTime: '2026-03-31 23:59:59', operatorTime: '2026-02-27 15:18:59' },
  ...{ operatorName: '张三', carOwnerName: '李四', ownerPhone: '13800000000', carGroupId: '', parkspacesNo: 'A-012' },
  ...{ company: '', description: '', carTypeName: '' },
  ...fields,
});

const known = (world: RegistryWorld, id = 'MC0001') => world.read.cards.get(`shenzhen-${id}`);
/** What the city was paid, booking by booking. */
const booked = (world: RegistryWorld): number[] =>
  world.told('card-changed').flatMap(({ body }) => (body.why === 'recharged' ? [body.paidFen] : []));

test(
  'a card that the city sold is in force, its money is of the city and in no drawer, and it is sold once',
  withWorld(async (world) => {
    await expect(world.done('monthCard', card())).resolves.toEqual({ msRecordId: 'MC0001' });
    await world.repeated('monthCard', card());
    expect(known(world)).toMatchObject({
      ...{ number: 'MC0001', type: 'monthly', plates: [CAR], owner: '李四', phone: '13800000000', spaces: 1 },
      ...{ validFrom: at('2026-03-01 00:00:00'), validTo: at('2026-03-31 23:59:59'), state: 'active' },
      ...{ remark: '车位 A-012；办理人 张三', source: 'shenzhen' },
    });
    expect(booked(world)).toEqual([30_000]);
    const [sale] = world.told('card-changed').filter(({ body }) => body.why === 'recharged');
    expect(sale).toMatchObject({ actor: CITY, body: { method: 'platform', shiftId: null } });
    world.car(IN.id);
    expect(world.read.stays.inside(CAR)?.terms).toMatchObject({ kind: 'card', id: 'shenzhen-MC0001' });
  }),
);

test(
  'renewed it goes on without a gap, and each period is booked once, whatever comes again and in which order',
  withWorld(async (world) => {
    const renewal = card({ beginTime: '2026-04-01 00:00:00', endTime: '2026-04-30 23:59:59', amount: 310.5 });
    await world.done('monthCard', card());
    await world.done('monthCard', renewal);
    const both = { validFrom: at('2026-03-01 00:00:00'), validTo: at('2026-04-30 23:59:59') };
    expect(known(world)).toMatchObject(both);
    await world.repeated('monthCard', renewal);
    expect(known(world)).toMatchObject(both);
    await world.done('monthCard', card());
    await world.done('monthCard', renewal);
    expect(known(world)).toMatchObject(both);
    expect(booked(world)).toEqual([30_000, 31_050]);
  }),
);

test(
  'or the renewal takes the place of the period, where the site has it so',
  withWorld(
    async (world) => {
      await world.done('monthCard', card());
      await world.done('monthCard', card({ beginTime: '2026-04-01', endTime: '2026-04-30' }));
      expect(known(world)).toMatchObject({ validFrom: at('2026-04-01 00:00:00'), validTo: at('2026-04-30 23:59:59') });
    },
    { settings: { cards: { renewal: 'set' } } },
  ),
);

test(
  'a period that is put right is not sold once more',
  withWorld(async (world) => {
    await world.done('monthCard', card());
    await world.done('monthCard', card({ endTime: '2026-03-20 23:59:59' }));
    expect(known(world)?.validTo).toBe(at('2026-03-20 23:59:59'));
    await world.done('monthCard', card({ endTime: '2026-03-20 23:59:59', beginTime: '2026-03-05 00:00:00' }));
    expect(known(world)?.validFrom).toBe(at('2026-03-05 00:00:00'));
    expect(booked(world)).toEqual([30_000]);
  }),
);

test(
  'a new plate and a new owner take the place of the old ones; what is empty stays',
  withWorld(async (world) => {
    await world.done('monthCard', card());
    await world.done('monthCard', card({ plateNumber: '粤BD12345', carOwnerName: '王五', ownerPhone: '' }));
    expect(known(world)).toMatchObject({ plates: ['粤BD12345'], owner: '王五', phone: '13800000000' });
    expect(world.read.cards.ofPlate(CAR)).toEqual([]);
  }),
);

test(
  'disabled it does nothing until it is in use again; deleted it is gone for good',
  withWorld(async (world) => {
    await world.done('monthCard', card());
    await world.done('monthCard', card({ status: 0 }));
    await world.repeated('monthCard', card({ status: '0' }));
    expect(known(world)?.state).toBe('suspended');
    world.car(IN.id);
    expect(world.read.stays.inside(CAR)?.terms).toMatchObject({ kind: 'temporary', fallback: 'suspended' });
    await world.done('monthCard', card());
    expect(known(world)?.state).toBe('active');
    await world.done('monthCard', card({ status: 2 }));
    await world.repeated('monthCard', card({ status: 2 }));
    expect(known(world)?.state).toBe('cancelled');
    await world.refused('monthCard', card(), 1, '该卡已注销');
    expect(booked(world)).toEqual([30_000]);
  }),
);

test(
  'what was never sold cannot be disabled, and is deleted already',
  withWorld(async (world) => {
    await world.refused('monthCard', card({ status: 0 }), 404, 'MC0001');
    await world.repeated('monthCard', card({ status: 2 }));
  }),
);

test(
  'renewed under another id, or beside a card of the house, the plate stands on both',
  withWorld(async (world) => {
    const validTo = at('2026-12-31 23:59:59');
    world.registry.cards.create({ type: 'owner', plates: [CAR], number: 'MC0001', validTo }, ANNA);
    await world.done('monthCard', card());
    await world.done('monthCard', card({ msRecordId: 'MC0002', beginTime: '2026-04-01', endTime: '2026-04-30' }));
    expect(world.read.cards.ofPlate(CAR)).toHaveLength(3);
    // The house's card has that number; people find this one by its plate.
    expect(known(world)?.number).toBe(CAR);
    expect(known(world, 'MC0002')?.number).toBe('MC0002');
  }),
);

test(
  'types and groups that the settings name are ours; others are kept in the remark',
  withWorld(
    async (world) => {
      await world.done('monthCard', card({ carTypeName: '业主', carGroupId: 'G1', company: '南山区 1 号' }));
      expect(known(world)).toMatchObject({ type: 'owner', quotaId: 'q1', room: '南山区 1 号' });
      await world.done(
        'monthCard',
        card({ msRecordId: 'MC2', carTypeName: '访客', carGroupId: 'G2', parkspacesNo: '' }),
      );
      expect(known(world, 'MC2')).toMatchObject({
        ...{ type: 'monthly', quotaId: null },
        remark: '车辆组 G2；车辆类型 访客；办理人 张三',
      });
    },
    {
      settings: { cards: { types: { 业主: 'owner' }, groups: { G1: 'q1' } } },
      site: { quotas: [{ id: 'q1', name: '业主车位', spaces: 10 }] },
    },
  ),
);

test(
  'a group whose reserved spaces there are not makes no card at all',
  withWorld((world) => world.refused('monthCard', card({ carGroupId: 'G1' }), 1, '没有预留车位组'), {
    settings: { cards: { groups: { G1: 'gone' } } },
  }),
);

test.each([
  ['no id', card({ msRecordId: '' }), /^msRecordId: 缺少参数/],
  ['an id that is too long', card({ msRecordId: 'x'.repeat(37) }), /^msRecordId: 过长/],
  ['an amount below nothing', card({ amount: '-1' }), /^amount: /],
  ['a tenth of a fen', card({ amount: '1.005' }), /^amount: 小数/],
  ['no amount', card({ amount: undefined }), /^amount: 缺少参数/],
  ['an end before its beginning', card({ endTime: '2026-02-01 00:00:00' }), /^endTime: /],
  ['a state that there is not', card({ status: 3 }), /^status: /],
])('%s is malformed, and changes nothing', (_what, fields, words) =>
  withWorld((world) => world.refused('monthCard', fields, 400, words))(),
);
