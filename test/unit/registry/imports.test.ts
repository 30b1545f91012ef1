import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportTable, tableOf } from '../../../electron/station/registry/imports/export.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { importKindSchema } from '../../../shared/domain/import-job.ts';
import { applied, CARD_COLUMNS as HEAD, jobWhen, manyCards, upload } from '../../support/importing.ts';
import { at, CLERK, LiveClock, registryOn, type World, world } from '../../support/registry.ts';
import { until } from '../../support/until.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(async () => {
  await park.imports.stop();
  park.dispose();
});

const reasonOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof ConflictError ? error.reason : String(error);
  }
};

const faultsOf = (id: string) => park.store.read.imports.faults(id, { offset: 0, limit: 100 });

describe('a file of cards', () => {
  const file = [
    HEAD,
    'M1,月租卡,鲁B00001,甲,2026-01-01,2026-12-31,1,',
    ',储值卡,"鲁B00002、鲁B00003",乙,2026-01-01,2026-12-31,2,120.50',
  ].join('\n');

  test('is compared first and changes nothing; applied, every row is one event, and the file is named', async () => {
    const job = await upload(park.imports, 'cards', file, { piece: 37 });
    expect(job).toMatchObject({ state: 'ready', rows: 2, added: 2, updated: 0, faultCount: 0 });
    expect(park.events()).toEqual([]);
    const done = await applied(park.imports, job.id);
    expect(done).toMatchObject({ state: 'done', added: 2, updated: 0, unchanged: 0 });
    expect(park.store.read.cards.byNumber('鲁B00002')).toMatchObject({
      ...{ type: 'stored-value', plates: ['鲁B00002', '鲁B00003'], balanceFen: 12_050, spaces: 2 },
      validTo: at('2026-12-31 23:59:59'),
    });
    expect(park.bodies('card-changed').map((body) => body.why)).toEqual(['imported', 'imported']);
    const sha256 = createHash('sha256').update(file).digest('hex');
    expect(park.bodies('import-finished')).toEqual([
      { what: 'cards', fileName: 'a.csv', sha256, rows: 2, added: 2, updated: 0 },
    ]);
    await park.imports.stop();
    expect(park.db.prepare('SELECT count(*) FROM import_rows').pluck().get()).toBe(0);
  });

  test('read a second time updates by number or plate, and never gives back what was used', async () => {
    await applied(park.imports, (await upload(park.imports, 'cards', file)).id);
    const card = park.store.read.cards.byNumber('鲁B00002');
    if (!card) throw new Error('no card');
    park.store.write((tx) => tx.cards.put({ ...card, balanceFen: 50 }));
    expect(await upload(park.imports, 'cards', file)).toMatchObject({ unchanged: 2, updated: 0, added: 0 });
    const changed = file.replace('甲', '丙').replace('乙', '丁');
    const done = await applied(park.imports, (await upload(park.imports, 'cards', changed)).id);
    expect(done).toMatchObject({ updated: 2, added: 0 });
    expect(park.store.read.cards.get(card.id)).toMatchObject({ balanceFen: 50, owner: '丁' });
  });

  test('an absent column changes nothing, an empty cell empties', async () => {
    await applied(park.imports, (await upload(park.imports, 'cards', file)).id);
    const short = '卡号,类型,车牌,有效期止\nM1,月租卡,鲁B00001,2026-12-31';
    expect(await upload(park.imports, 'cards', short)).toMatchObject({ unchanged: 1 });
    const emptied = '卡号,类型,车牌,车主,有效期止\nM1,月租卡,鲁B00001,,2026-12-31';
    await applied(park.imports, (await upload(park.imports, 'cards', emptied)).id);
    expect(park.store.read.cards.byNumber('M1')?.owner).toBe('');
  });

  test('with faults names each row and column, and cannot be applied', async () => {
    park.cards.create({ type: 'vip', number: 'OLD', plates: ['鲁B00009'], validTo: at('2027-01-01') }, CLERK);
    const wrong = [
      HEAD,
      'M1,月租卡,鲁B00001,甲,2026-01-01,2026-12-31,1,',
      'M2,什么卡,鲁B00002,甲,2026-01-01,不是日期,1,',
      'M1,月租卡,鲁B00001,甲,2026-01-01,2025-12-31,1,',
      'M4,月租卡,,甲,2026-01-01,2026-12-31,1,-5',
    ].join('\n');
    const job = await upload(park.imports, 'cards', wrong);
    expect(job).toMatchObject({ state: 'faulty' });
    expect(faultsOf(job.id).map(({ rowNumber, column }) => `${rowNumber} ${column}`)).toEqual(
      expect.arrayContaining(['3 类型', '3 有效期止', '4 有效期止', '4 卡号', '4 车牌', '5 车牌', '5 余额']),
    );
    expect(() => park.imports.apply(job.id, CLERK)).toThrow(expect.objectContaining({ reason: 'not-ready' }));

    const clash = `${HEAD}\nM5,月租卡,鲁B00009,甲,2026-01-01,2026-12-31,1,\nM6,月租卡,鲁B00010,甲,2026-01-01,2026-12-31,1,5`;
    const second = await upload(park.imports, 'cards', clash);
    expect(second).toMatchObject({ state: 'faulty', faultCount: 2 });
    expect(faultsOf(second.id).map((fault) => fault.reason)).toEqual([
      '车牌 鲁B00009 已在卡 OLD 上',
      '只有储值卡可以有余额',
    ]);
    expect(await upload(park.imports, 'cards', clash.replace(',1,5', ',1,'), { sharePlates: true })).toMatchObject({
      state: 'ready',
      added: 2,
    });
    expect(park.bodies('import-finished')).toEqual([]);
  });

  test('whose ground changed between comparing and applying is compared again, and nothing is half applied', async () => {
    const job = await upload(park.imports, 'cards', file);
    park.cards.create({ type: 'vip', number: 'NEW', plates: ['鲁B00001'], validTo: at('2027-01-01') }, CLERK);
    expect(await applied(park.imports, job.id)).toMatchObject({ state: 'faulty', faultCount: 1 });
    expect(park.store.read.cards.byNumber('鲁B00002')).toBeUndefined();
  });

  test('keeps others from taking its plates while it is being applied', async () => {
    const job = await upload(park.imports, 'cards', file);
    park.imports.apply(job.id, CLERK);
    const create = () => park.cards.create({ type: 'vip', plates: ['鲁B00001'], validTo: at('2027-01-01') }, CLERK);
    expect(create).toThrow(expect.objectContaining({ reason: 'import-running' }));
    await jobWhen(park.imports, job.id, ({ state }) => state === 'done');
    // What was put aside is cleared away first.
    await until('others may again', async () => !reasonOf(create)?.includes('import-running') || undefined);
    expect(create).toThrow(expect.objectContaining({ reason: 'plate-on-other-card' }));
  });
});

describe('a file as it comes', () => {
  test('repeated pieces do no harm, gaps and surplus are refused, and a lost one can be given up', () => {
    const begun = park.imports.begin({ what: 'lists', fileName: 'a.csv', bytes: 10, sharePlates: false }, CLERK);
    if (!('upload' in begun)) throw new Error('no upload');
    const { id } = begun.upload;
    park.imports.add(id, 0, Buffer.from('12345'));
    expect(park.imports.add(id, 0, Buffer.from('123'))).toMatchObject({ upload: { received: 5 } });
    expect(() => park.imports.add(id, 7, Buffer.from('8'))).toThrow(/5/);
    expect(() => park.imports.add(id, 5, Buffer.from('678901'))).toThrow(
      expect.objectContaining({ reason: 'too-much-data' }),
    );
    park.imports.cancel(id);
    expect(() => park.imports.get(id)).toThrow('没有这次导入');
  });

  test('no more than a few at a time, and none too large', () => {
    const begin = (bytes: number) => () =>
      park.imports.begin({ what: 'lists', fileName: 'a.csv', bytes, sharePlates: false }, CLERK);
    expect(begin(21 * 1024 * 1024)).toThrow(expect.objectContaining({ reason: 'table-too-large' }));
    for (let i = 0; i < 3; i++) begin(10)();
    expect(begin(10)).toThrow(expect.objectContaining({ reason: 'too-many-imports' }));
  });

  test.each([
    ['no table at all', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 'a.xlsx'],
    ['without a header', Buffer.from('a,b,c\n1,2,3\n'), 'a.csv'],
    ['empty', Buffer.from('\n'), 'a.csv'],
  ])('%s: nothing may be applied, and it says why', async (_what, bytes, fileName) => {
    const job = await upload(park.imports, 'lists', bytes, { fileName });
    expect(job.state).toBe('faulty');
    expect(
      job.detail +
        faultsOf(job.id)
          .map((fault) => fault.reason)
          .join(),
    ).not.toBe('');
    park.imports.cancel(job.id);
    expect(park.imports.get(job.id)).toMatchObject({ job: { state: 'cancelled' } });
  });

  test('an unknown column is named and passed over; a file without rows is applied as nothing', async () => {
    const job = await upload(park.imports, 'lists', '名单,车牌,心情\n');
    expect(job).toMatchObject({ state: 'ready', rows: 0, unknownColumns: ['心情'] });
    expect(await applied(park.imports, job.id)).toMatchObject({ state: 'done', added: 0 });
  });
});

const ROWS: Readonly<Record<string, number>> = { lists: 3, coupons: 3, agreements: 2, berths: 2 };

test('every kind, exported and read again as CSV and as XLSX, changes nothing', async () => {
  const clerk = CLERK;
  const period = { from: at('2026-03-01'), to: at('2026-03-05 18:30:00') };
  park.lists.put({ list: 'black', plate: '鲁B00001', strategy: 'warn', vehicleClass: 'large', remark: '=1+1' }, clerk);
  park.lists.put({ list: 'white', plate: '鲁B00001', remark: '"甲", 乙' }, clerk);
  park.lists.put({ list: 'white', plate: '鲁B00001', plateColor: 'yellow-green' }, clerk);
  park.cards.create(
    {
      type: 'hours',
      plates: ['鲁B00002', '鲁B00003'],
      validTo: at('2026-12-31 23:59:59'),
      minutesLeft: 90,
      phone: '13800000000',
      areas: ['inner'],
      quotaId: 'q1',
    },
    clerk,
  );
  park.bookings.put({ plate: '鲁B00004', ...period, passes: 'many', prepaidFen: 1050 }, {}, clerk);
  park.visitors.put({ plate: '鲁B00005', ...period, visitsLeft: 3, freeMinutes: 60, name: '李四' }, undefined, clerk);
  park.debts.put(
    { plate: '鲁B00006', amountFen: 1999, since: at('2026-02-02 10:00:00'), intercept: 'both' },
    'D-1',
    clerk,
  );
  const shop = park.merchants.put({ name: '超市', couponsLeft: 3, amountLeftFen: 9999 }, null, clerk);
  const coupon = { merchantId: shop.id, plate: '鲁B00007', validFrom: period.from, validTo: period.to };
  park.merchants.give({ ...coupon, kind: 'amount', value: 550, minimumFen: 1000 }, clerk);
  park.merchants.give({ ...coupon, kind: 'rate', value: 20, maxFen: 300 }, clerk);
  park.merchants.cancel(park.merchants.give({ ...coupon, kind: 'free', value: 0 }, clerk).id, clerk);
  park.agreements.put({ platform: 'cmb', plate: '鲁B00008', kind: 'auto-pay', limitFen: 5000 }, clerk);
  park.agreements.put({ platform: 'cmb', plate: '鲁B00008', kind: 'departure-pay', uid: 'u1' }, clerk);
  park.berths.add({ code: 'NS001', areaId: 'outer', road: '深南大道', side: 'left', sensor: 'geo-1' }, clerk);
  park.berths.add({ code: 'NS002', areaId: 'inner', position: 7, camera: 'eye-1', inUse: false }, clerk);
  for (const what of importKindSchema.options)
    for (const format of ['csv', 'xlsx'] as const) {
      const table = tableOf(park.tables, what);
      const file = await exportTable({ ...park, table }, { format, filter: {}, by: '老陈' }, undefined);
      const job = await upload(park.imports, what, file.bytes, { fileName: file.name });
      expect({ what, format, ...faultsOf(job.id), state: job.state }).toEqual({ what, format, state: 'ready' });
      expect({ what, format, unchanged: job.unchanged, rows: job.rows }).toEqual({
        ...{ what, format },
        ...{ unchanged: job.rows, rows: ROWS[what] ?? 1 },
      });
    }
}, 60_000);

test('a plate comes in once for each colour, without one for any; the same colour twice is named', async () => {
  const head = '名单,车牌,车牌颜色';
  const rows = ['黑名单,鲁B00001,蓝色', '黑名单,鲁B00001,黄', '黑名单,鲁B00001,', '黑名单,鲁B00002,不限'];
  await applied(park.imports, (await upload(park.imports, 'lists', [head, ...rows].join('\n'))).id);
  expect(park.store.read.lists.ofPlate('black', '鲁B00001').map(({ plateColor }) => plateColor)).toEqual([
    ...[null, 'blue', 'yellow'],
  ]);
  expect(park.store.read.lists.find('black', '鲁B00002')).toBeDefined();
  const twice = ['黑名单,鲁B00001,蓝', '黑名单,鲁B00001,', '黑名单,鲁B00001,不限', '黑名单,鲁B00001,红'];
  const wrong = await upload(park.imports, 'lists', [head, ...twice].join('\n'));
  expect(faultsOf(wrong.id)).toMatchObject([
    { rowNumber: 4, reason: '与第 3 行重复' },
    { rowNumber: 5, column: '车牌颜色', value: '红' },
  ]);
});

test('merchants, their coupons and agreements come in by file; read twice, nothing is given twice', async () => {
  const files = {
    merchants: '商户,剩余张数,剩余金额（元）\n超市,2,100\n影院,,',
    coupons:
      '商户,车牌,优惠方式,减免金额（元）,分钟或百分比,有效期止\n超市,鲁B00001,减免金额,5.50,,2026-12-31\n影院,鲁B00002,减免时长,,120,2026-12-31',
    agreements: '平台,车牌,签约方式,单笔上限（元）\n招行,鲁B00001,无感支付,50',
  } as const;
  for (const what of ['merchants', 'coupons', 'agreements'] as const) {
    const done = await applied(park.imports, (await upload(park.imports, what, files[what])).id);
    expect({ what, state: done.state, added: done.added }).toEqual({ what, state: 'done', added: done.rows });
    const again = await upload(park.imports, what, files[what]);
    expect({ what, unchanged: again.unchanged }).toEqual({ what, unchanged: again.rows });
  }
  expect(park.store.read.merchants.byName('超市')).toMatchObject({ couponsLeft: 1, amountLeftFen: 10_000 });
  expect(park.store.read.coupons.given('鲁B00001')).toMatchObject([{ kind: 'amount', value: 550 }]);
  expect(park.store.read.agreements.ofPlate('鲁B00001')).toMatchObject([{ platform: 'cmb', limitFen: 5000 }]);
});

test('a file of coupons names what is wrong: a merchant that there is not, no amount, more than may be given', async () => {
  park.merchants.put({ name: '超市', couponsLeft: 1 }, null, CLERK);
  const head = '商户,车牌,优惠方式,减免金额（元）,有效期止';
  const wrong = await upload(park.imports, 'coupons', `${head}\n超市,鲁B00001,减免金额,,2026-12-31`);
  expect(faultsOf(wrong.id)).toMatchObject([{ rowNumber: 2, column: '减免金额（元）' }]);
  const rows = ['超市,鲁B00001,全免,,2026-12-31', '超市,鲁B00002,全免,,2026-12-31', '饭店,鲁B00003,全免,,2026-12-31'];
  const job = await upload(park.imports, 'coupons', [head, ...rows].join('\n'));
  expect(job.state).toBe('faulty');
  expect(faultsOf(job.id)).toMatchObject([
    { rowNumber: 3, reason: '商户「超市」只能再发 1 张' },
    { rowNumber: 4, reason: expect.stringContaining('饭店') },
  ]);
});

test('an export holds all that matches, beyond any page', async () => {
  const rows = Array.from({ length: 321 }, (_, i) => `白名单,鲁B${10_000 + i}`);
  await applied(park.imports, (await upload(park.imports, 'lists', ['名单,车牌', ...rows].join('\n'))).id);
  park.lists.put({ list: 'black', plate: '鲁B10001' }, CLERK);
  const file = await exportTable(
    { ...park, table: tableOf(park.tables, 'lists') },
    { format: 'csv', filter: { type: 'white' }, by: '老陈' },
    undefined,
  );
  const lines = file.bytes.toString('utf8').trim().split('\r\n');
  expect(lines.filter((line) => line.startsWith('白名单,'))).toHaveLength(321);
  expect(lines.some((line) => line.startsWith('黑名单'))).toBe(false);
});

test('what a crash interrupts is finished by the next start, every row once', async () => {
  const rows = 3000;
  const job = await upload(park.imports, 'cards', manyCards(rows));
  park.imports.apply(job.id, CLERK);
  await jobWhen(park.imports, job.id, ({ state, position }) => state === 'applying' && position > 0);
  await park.imports.stop();
  const half = park.store.read.imports.get(job.id);
  expect(half).toMatchObject({ state: 'applying' });
  expect(half?.position).toBeGreaterThan(0);
  expect(half?.position).toBeLessThan(rows);
  expect(park.bodies('card-changed')).toHaveLength(half?.position ?? 0);

  const { registry } = registryOn(park.store, park.clock);
  registry.imports.recover();
  expect(() => registry.cards.create({ type: 'vip', plates: ['鲁B00001'], validTo: at('2027-01-01') }, CLERK)).toThrow(
    expect.objectContaining({ reason: 'import-running' }),
  );
  await jobWhen(registry.imports, job.id, ({ state }) => state === 'done');
  await registry.imports.stop();
  expect(park.bodies('card-changed')).toHaveLength(rows);
  expect(park.bodies('import-finished')).toMatchObject([{ rows, added: rows, updated: 0 }]);
  expect(park.store.read.cards.search({ offset: 0, limit: 1 }).total).toBe(rows);
});

test('a file that was only half put aside when the power went is sent again', async () => {
  const job = await upload(park.imports, 'cards', manyCards(3));
  park.store.write((tx) => tx.imports.put({ ...job, state: 'staging' }));
  const { registry } = registryOn(park.store, park.clock);
  registry.imports.recover();
  await registry.imports.stop();
  expect(park.store.read.imports.get(job.id)).toMatchObject({ state: 'failed', position: 0 });
  expect(() => registry.imports.apply(job.id, CLERK)).toThrow(expect.objectContaining({ reason: 'not-ready' }));
});
