import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IN } from '../../../support/lane-world.ts';
import { CAR, CmbWorld, HOUR, MINUTE } from './cmb-world.ts';
import { APP_ID, APP_SECRET, bankForm, bankSigns, PARK_CODE } from './support.ts';

let world: CmbWorld;
beforeEach(async () => {
  world = await CmbWorld.open();
});
afterEach(() => world.dispose());

type Form = Readonly<Record<string, string>>;

/** What a request must leave as it was: the journal, the lanes, and what the platform remembers. */
const standing = () => [
  world.read.journal.last(),
  world.lanes.state(IN.id),
  world.read.memory.get('cmb', `no-plate:${IN.number}`),
  world.platform.status().downlink,
];

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,11}$/);
const value = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed()),
  fc.constantFrom('', '0', '[]', '{}', '扩展1', ' ', '+', 'a=b&c=d', '%41', '[{"a":1}]'),
);
/** Fields that nobody has told us of, beside a question. */
const extras = fc.dictionary(name, value, { maxKeys: 8 });
const OURS = new Set(['appid', 'sign', 'park_code', 'vpl_number', 'out_code', 'pic_con']);
const question = (more: Form): Form => ({
  ...Object.fromEntries(Object.entries(more).filter(([field]) => !OURS.has(field))),
  ...{ appid: APP_ID, park_code: PARK_CODE, vpl_number: '京B00001' },
});

test('whatever fields come along, known to us or not, what the bank signed is taken', async () => {
  await fc.assert(
    fc.asyncProperty(extras, fc.boolean(), async (more, upper) => {
      const fields = question(more);
      const sign = bankSigns(fields);
      const body = new URLSearchParams({ ...fields, sign: upper ? sign.toUpperCase() : sign });
      // In no order but the sender's own.
      body.sort();
      expect(await world.pushRaw('calc', body.toString())).toMatchObject({ status: 2 });
    }),
    { numRuns: 150 },
  );
});

test('a field named like the picture of our own messages is signed like any other', async () => {
  const fields: Form = { appid: APP_ID, park_code: PARK_CODE, vpl_number: '京B00001', pic_con: '' };
  const plain = `appid=${APP_ID}&park_code=${PARK_CODE}&pic_con=abc&vpl_number=京B00001`;
  const sign = createHash('md5').update(`${plain}${APP_SECRET}`).digest('hex');
  const body = new URLSearchParams({ ...fields, pic_con: 'abc', sign });
  expect(await world.pushRaw('calc', body.toString())).toMatchObject({ status: 2 });
  body.set('pic_con', 'abd');
  expect(await world.pushRaw('calc', body.toString())).toMatchObject({ status: 401 });
});

test('one field changed, added, taken away or emptied is not what the bank signed, and moves nothing', async () => {
  world.car(IN.id, '');
  await world.settled();
  const before = standing();
  const change = fc.constantFrom('character', 'add', 'remove', 'empty', 'sign', 'case');
  await fc.assert(
    fc.asyncProperty(extras, change, fc.nat(), fc.nat(), async (more, how, at, where) => {
      const fields: Form = { ...question(more), vpl_number: '无A20190307000001', in_code: String(IN.number) };
      const signed: Record<string, string> = { ...fields, sign: bankSigns(fields) };
      const filled = Object.keys(fields).filter((field) => fields[field] !== '');
      const field = filled[at % filled.length] ?? '';
      const text = fields[field] ?? '';
      const place = where % text.length;
      if (how === 'character') signed[field] = `${text.slice(0, place)}\u4e00${text.slice(place + 1)}`;
      else if (how === 'add') signed['zz_new_field'] = '1';
      else if (how === 'remove') delete signed[field];
      else if (how === 'empty') signed[field] = '';
      else if (how === 'sign')
        signed['sign'] = (signed['sign'] ?? '').replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      else signed[`${field}X`] = text;
      if (how === 'character' && text[place] === '\u4e00') return;
      const answer = await world.pushRaw('NoVpln', new URLSearchParams(signed).toString());
      expect(answer).toEqual({ status: 401, message: 'appid 或签名错误' });
    }),
    { numRuns: 150 },
  );
  expect(standing()).toEqual(before);
  // The very same request, signed, does what it says.
  expect(await world.push('NoVpln', { vpl_number: '无A20190307000001', in_code: String(IN.number) })).toMatchObject({
    status: 0,
  });
});

test('wrong signs are one line a minute, whoever sends how many', async () => {
  const lines = () => world.log.lines.filter(({ message }) => message === 'a request was turned away');
  for (let time = 0; time < 50; time += 1) await world.push('pay', { sign: '0'.repeat(32) });
  expect(lines()).toHaveLength(1);
  await world.clock.advance(MINUTE);
  await world.push('pay', { sign: '' });
  expect(lines().map(({ fields }) => fields['requests'])).toEqual([1, 50]);
  expect(JSON.stringify(world.log.lines)).not.toContain('vqhqr9vozoorivkc3lemrbicphgzx');
});

test('another appid with the right secret is nobody', async () => {
  const fields = { appid: 'other', vpl_number: CAR };
  expect(await world.push('calc', fields)).toMatchObject({ status: 401 });
});

test('who it is comes before for whom, and that before what', async () => {
  const unsigned = { sign: 'x', park_code: '1' };
  expect(await world.push('calc', unsigned)).toMatchObject({ status: 401 });
  expect(await world.push('nothing', unsigned)).toMatchObject({ status: 401 });
  expect(await world.push('calc', { park_code: '5201020002' })).toMatchObject({
    status: 404,
    message: '车场编号不存在',
  });
  expect(await world.push('calc', { park_code: '' })).toMatchObject({ status: 400 });
  expect(await world.push('nothing', {})).toMatchObject({ status: 404, message: '没有这个接口' });
  // The names are case sensitive.
  expect(await world.push('Calc', { vpl_number: CAR })).toMatchObject({ status: 404 });
  expect(await world.push('novpln', { vpl_number: 'x', in_code: '1' })).toMatchObject({ status: 404 });
});

test('a name twice, bytes that are no UTF-8, no form at all', async () => {
  const form = bankForm({ vpl_number: CAR });
  expect(await world.pushRaw('calc', `${form}&vpl_number=${encodeURIComponent(CAR)}`)).toMatchObject({ status: 400 });
  expect(await world.pushRaw('calc', `${form}&sign=x`)).toMatchObject({ status: 400 });
  expect(await world.pushRaw('calc', '')).toMatchObject({ status: 401 });
  expect(await world.pushRaw('calc', '{"vpl_number":"x"}')).toMatchObject({ status: 401 });
  const response = await world.platform.inbound.handle({
    ...{ method: 'POST', path: '/cmbParking/calc', query: '', remote: '127.0.0.1', headers: {}, contentType: '' },
    body: Buffer.from([0x61, 0x3d, 0xff, 0xfe]),
  });
  expect(response.status).toBe(200);
  expect(JSON.parse(String(response.body))).toMatchObject({ status: 400 });
});

test('names that mean something to a program are fields like any other', async () => {
  for (const field of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const fields = { appid: APP_ID, park_code: PARK_CODE, vpl_number: '京B00001' };
    const body = new URLSearchParams(fields);
    body.set(field, 'x');
    const all = Object.fromEntries([...body]);
    body.set('sign', bankSigns(all));
    expect([field, await world.pushRaw('calc', body.toString())]).toMatchObject([field, { status: 2 }]);
  }
});

test('what cannot be carried out is answered 500, logged, and can come again', async () => {
  const uid = await world.parked(65);
  const notify = world.payments.notices.notify.bind(world.payments.notices);
  world.payments.notices.notify = () => {
    throw new Error('disk full');
  };
  const paid = {
    ...{ vpl_number: CAR, record_id: uid, bill_id: '', pay_time: String(Math.floor(world.clock.now() / 1000)) },
    pay_list: '[{"pay_type":99,"amount":1000,"order":"A1"}]',
  };
  expect(await world.push('pay', paid)).toMatchObject({ status: 500 });
  expect(world.log.lines.some(({ level, fields }) => level === 'error' && fields['error'] === 'disk full')).toBe(true);
  world.payments.notices.notify = notify;
  expect(await world.push('pay', paid)).toEqual({ status: 0, message: 'success' });
  expect(world.takenFen(uid)).toBe(1000);
});

test('the way down is known to be open while the bank has called within a day, also after a restart', async () => {
  expect(world.platform.status().downlink).toBe('none');
  await world.push('calc', { sign: 'x' });
  expect(world.platform.status().downlink).toBe('none');
  await world.push('calc', { vpl_number: CAR });
  expect(world.platform.status().downlink).toBe('online');
  await world.restarted();
  world.clock.jumpWall(23 * HOUR);
  expect(world.platform.status().downlink).toBe('online');
  world.clock.jumpWall(2 * HOUR);
  expect(world.platform.status().downlink).toBe('none');
});

test('it is served under any prefix, by POST and in its own letters', () => {
  const { inbound } = world.platform;
  for (const path of ['/cmbParking/calc', '/a/b/cmbParking/NoVpln', '/%E5%81%9C/cmbParking/pay/', '//cmbParking/pay'])
    expect([path, inbound.serves('POST', path)]).toEqual([path, true]);
  for (const path of ['/cmbparking/calc', '/cmbParking', '/cmbParking/', '/cmbParking/calc/more', '/xcmbParking/calc'])
    expect([path, inbound.serves('POST', path)]).toEqual([path, false]);
  expect(inbound.serves('GET', '/cmbParking/calc')).toBe(false);
});
