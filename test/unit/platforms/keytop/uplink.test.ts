import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { nodeCipher } from '../../../../electron/station/platforms/keytop/cipher.ts';
import { Uplink } from '../../../../electron/station/platforms/keytop/uplink.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { type Answers, serveForms } from '../form-server.ts';
import { opened, PARK_CODE, settings, UP } from './support.ts';

const sent = z.strictObject({ data: z.string() });
type Sent = z.output<typeof sent>;
const MIDNIGHT = Date.parse('2026-03-03T00:00:00+08:00');

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Calls to a third party that answers like this, a second before midnight in China. */
async function facing(answer: (clock: FakeClock) => Answers<Sent>, changes: Readonly<Record<string, unknown>> = {}) {
  const clock = new FakeClock(MIDNIGHT - 1000);
  const server = await serveForms((text): Sent => sent.parse(JSON.parse(text)), answer(clock));
  const uplink = new Uplink(settings({ baseUrl: `${server.baseUrl}/mall/`, ...changes }), clock, nodeCipher, undefined);
  open.push(async () => {
    await uplink.close();
    await server.close();
  });
  return { clock, server, uplink, never: new AbortController().signal };
}

const DONE = '{"resCode":0,"resMsg":"","data":null}';

test('a call is sealed with the day of its sending, alone in its body, and its trace tells what was sealed', async () => {
  const { server, uplink, never } = await facing(() => (_request, response) => response.end(DONE));
  const { answer, trace } = await uplink.post('PostCarInInfo', { plateNo: '豫A喆123', cardNo: '' }, never);
  expect(answer).toMatchObject({ kind: 'answered', code: 0 });
  const [request] = server.received;
  expect(request?.path).toBe('/mall/PostCarInInfo');
  expect(request?.contentType).toBe('application/json;charset=utf-8');
  const told = { parkCode: PARK_CODE, plateNo: '豫A喆123', cardNo: '' };
  expect(opened(request?.form.data ?? '', UP.key, MIDNIGHT - 1)).toEqual(told);
  expect(JSON.parse(trace.plain)).toEqual(told);
  expect(trace.request).toBe('POST /mall/PostCarInInfo');
  for (const secret of [UP.password, UP.key]) expect(JSON.stringify(trace)).not.toContain(secret);
});

/** Refuses what it cannot read, because its day has begun while the call was on its way. */
const refusingYesterday =
  (clock: FakeClock): Answers<Sent> =>
  ({ form }, response) => {
    clock.jumpWall(Math.max(0, MIDNIGHT + 1000 - clock.now()));
    let readable = true;
    try {
      readable = 'parkCode' in opened(form.data, UP.key, MIDNIGHT + 1);
    } catch {
      readable = false;
    }
    response.end(readable ? DONE : '{"resCode":1,"resMsg":"解密失败","data":null}');
  };

test('a report that met midnight on its way is sealed anew, once', async () => {
  const { server, uplink, never } = await facing(refusingYesterday);
  const { answer } = await uplink.post('PostPayDetail', { plateNo: '京A11113' }, never);
  expect(answer).toMatchObject({ kind: 'answered', code: 0 });
  expect(server.received).toHaveLength(2);
  expect(opened(server.received[1]?.form.data ?? '', UP.key, MIDNIGHT)).toMatchObject({ plateNo: '京A11113' });
});

test('one that is refused on the same day is not sent again at once, and none is sent a third time', async () => {
  const refusal = '{"resCode":"1","resMsg":"余额不足"}';
  const sameDay = await facing(() => (_request, response) => response.end(refusal));
  expect((await sameDay.uplink.post('PostPayDetail', {}, sameDay.never)).answer).toMatchObject({ code: 1 });
  expect(sameDay.server.received).toHaveLength(1);
  const everyDay = await facing((clock) => (_request, response) => {
    clock.jumpWall(86_400_000);
    response.end(refusal);
  });
  expect((await everyDay.uplink.post('PostPayDetail', {}, everyDay.never)).answer).toMatchObject({ code: 1 });
  expect(everyDay.server.received).toHaveLength(2);
});

test('what a car waits for is never sent again by itself, whatever the hour', async () => {
  const { server, uplink, never } = await facing(refusingYesterday);
  const { answer } = await uplink.post('PostCarOutInfo', { totalMoney: 700 }, never, 'passage');
  expect(answer).toMatchObject({ kind: 'answered', code: 1, message: '解密失败' });
  expect(server.received).toHaveLength(1);
});

test('a picture that travels whole is told by its size and digest', async () => {
  const { uplink, never } = await facing(() => (_request, response) => response.end(DONE));
  const picture = 'QUJD'.repeat(1000);
  const { trace } = await uplink.post('PostCarInInfo', { imgName: picture }, never);
  expect(trace.plain).not.toContain('QUJDQUJD');
  expect(trace.attached).toMatchObject([{ name: 'imgName', bytes: 4000 }]);
});
