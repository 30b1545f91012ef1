import { expect, onTestFinished, test } from 'vitest';
import { serialScanner } from '../../../electron/station/devices/scanner/index.ts';
import { EMPTY_LANE, type LaneState, passageSchema } from '../../../electron/station/lanes/state.ts';
import type { Charged } from '../../../electron/station/payments/desk.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { placeOf } from '../../../electron/station/scanning/place.ts';
import { Scans } from '../../../electron/station/scanning/scans.ts';
import { type Attempt, attemptSchema, billSchema } from '../../../shared/domain/money-flow.ts';
import { scannedKind } from '../../../shared/domain/pay-code.ts';
import { type Lane, laneSchema } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Bench, type LogLine, recordingLog } from '../devices/recording.ts';
import { ScriptedLinks } from '../devices/scripted-links.ts';

const WECHAT = '135000000000000001';
const ALIPAY = '281234567890123456';
const MEMBER = 'M-000777';

test.each([
  [WECHAT, 'wechat'],
  ['100000000000000000', 'wechat'],
  ['160000000000000000', 'other'],
  ['13500000000000000', 'other'],
  [ALIPAY, 'alipay'],
  ['2512345678901234', 'alipay'],
  ['301234567890123456789012', 'alipay'],
  ['3012345678901234567890123', 'other'],
  ['251234567890123', 'other'],
  ['6212345678901234567', 'unionpay'],
  ['62123456789012345678', 'other'],
  [MEMBER, 'other'],
])('%s is %s', (code, kind) => {
  expect(scannedKind(code)).toBe(kind);
});

const clock = (): FakeClock => new FakeClock();

const passage = (over: object): LaneState['passage'] =>
  passageSchema.parse({
    ...{ id: 'pass_1', startedAt: 0, seenAt: 0, plate: { text: '鲁B12345', color: 'blue', kind: 'ordinary' } },
    ...{ readPlate: null, confidence: null, photo: null, attention: null, uid: 'u1', bill: null },
    ...over,
  });

const bill = (id: string, dueFen: number, createdAt = 0) =>
  billSchema.parse({
    ...{ id, uid: 'u1', tariffId: 't', minutes: 60, chargeFen: dueFen, discountFen: 0, paidFen: 0, dueFen, steps: [] },
    createdAt,
  });
const charging = (id: string, dueFen = 500): LaneState => ({
  ...EMPTY_LANE,
  phase: 'charging',
  passage: passage({ bill: bill(id, dueFen) }),
});
const nameless: LaneState = {
  ...EMPTY_LANE,
  phase: 'attention',
  passage: passage({ attention: 'unlicensed', plate: { text: '', color: 'unknown', kind: 'none' }, uid: null }),
};
const idle = EMPTY_LANE;
const cleared: LaneState = { ...charging('b9'), phase: 'cleared' };

test.each<[string, string, readonly LaneState[], string]>([
  ['the one car that has something to pay', WECHAT, [charging('b1')], 'bill 0'],
  ['beside lanes at which nobody pays', WECHAT, [idle, charging('b1'), cleared, nameless], 'bill 1'],
  ['two cars that both have to pay', WECHAT, [charging('b1'), charging('b2')], 'nobody'],
  ['a bill over nothing', WECHAT, [charging('b1', 0)], 'nobody'],
  ['nobody there', WECHAT, [idle], 'nobody'],
  ['a gun that no lane names', WECHAT, [], 'nobody'],
  ['a payment code before a car without a plate: it is money, not a name', WECHAT, [nameless], 'nobody'],
  ['a member’s code for the car without a plate', MEMBER, [charging('b1'), nameless], 'identity 1'],
  ['a member’s code, two cars without a plate', MEMBER, [nameless, nameless], 'nobody'],
  ['a member’s code where somebody has to pay', MEMBER, [charging('b1')], 'nobody'],
])('%s', (_name, code, states, expected) => {
  const place = placeOf(
    code,
    states.map((state, index) => ({ laneId: String(index), state })),
  );
  expect(place.for === 'nobody' ? 'nobody' : `${place.for} ${place.laneId}`).toBe(expected);
});

interface World {
  readonly scans: Scans;
  readonly clock: FakeClock;
  readonly calls: {
    billId: string;
    channel: string;
    authCode?: string | undefined;
    despiteUnknown?: boolean | undefined;
  }[];
  readonly identified: string[];
  readonly lines: LogLine[];
  attempts: Attempt[];
  state: LaneState;
  /** What the channel does with the next call. */
  answer: () => Promise<Charged>;
  readonly told: () => string[];
}

function world(scanning = true): World {
  const lane: Lane = laneSchema.parse({
    ...{ id: 'out1', name: '出口', direction: 'out', number: 1, area: 'a1', scanner: 'gun' },
  });
  const lines: LogLine[] = [];
  const at = clock();
  const made: World = {
    clock: at,
    calls: [],
    identified: [],
    lines,
    attempts: [],
    state: charging('b1'),
    answer: () => Promise.reject(new ConflictError('channel-silent', '渠道没有应答')),
    told: () => made.scans.notices().map(({ outcome, reason }) => `${outcome} ${reason}`.trim()),
    scans: new Scans({
      clock: at,
      log: recordingLog(lines),
      lanes: {
        lanes: () => [lane],
        state: () => made.state,
        identify: (_lane, identity, _actor, passageId) => void made.identified.push(`${passageId} ${identity}`),
      },
      desk: {
        channels: () =>
          scanning
            ? ['wechat' as const, 'alipay' as const].map((method) => ({
                ...{ id: `scan-${method}`, title: method, kind: 'scan' as const, method, via: null },
                covers: () => true,
                charge: () => Promise.reject(new Error('not asked here')),
                query: () => Promise.reject(new Error('not asked here')),
                reverse: () => Promise.reject(new Error('not asked here')),
              }))
            : [],
        charge: (billId, what) => {
          made.calls.push({ billId, ...what });
          return made.answer();
        },
      },
      attempts: { ofBill: () => made.attempts },
    }),
  };
  return made;
}

const attempt = (over: object): Attempt =>
  attemptSchema.parse({
    ...{ id: 'a1', billId: 'b1', uid: 'u1', laneId: 'out1', channel: 'scan-wechat', kind: 'scan', method: 'wechat' },
    ...{ amountFen: 500, state: 'sent', reference: null, detail: '', createdAt: 0, updatedAt: 0 },
    ...over,
  });

test('a code becomes a try at the channel of its kind, by the number of the bill', async () => {
  const at = world();
  at.answer = () => new Promise(() => undefined);
  at.scans.scanned('gun', ALIPAY);
  expect(at.calls).toEqual([{ billId: 'b1', channel: 'scan-alipay', authCode: ALIPAY, despiteUnknown: false }]);
  expect(at.told()).toEqual([]);
});

test('the same code twice is one; another while the first is under way is refused', async () => {
  const at = world();
  at.answer = () => new Promise(() => undefined);
  at.scans.scanned('gun', WECHAT);
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(2_999);
  at.scans.scanned('gun', WECHAT);
  expect(at.calls.length).toBe(1);
  expect(at.told()).toEqual([]);
  at.scans.scanned('gun', ALIPAY);
  await at.clock.advance(0);
  expect(at.calls.length).toBe(1);
  expect(at.told()).toEqual(['refused payment-under-way']);
});

test.each([
  ['a try whose end is not known', { state: 'unknown' }, 'refused payment-under-way', undefined],
  ['a try that was only just written down', { state: 'created' }, 'refused payment-under-way', undefined],
  ['a code that is shown and that nobody scanned', { state: 'sent', kind: 'qr' }, undefined, true],
  ['a try that was set aside', { state: 'unknown', setAside: true }, undefined, true],
  ['a try that was declined', { state: 'declined' }, undefined, false],
])('beside %s', async (_name, over, told, despiteUnknown) => {
  const at = world();
  at.attempts = [attempt(over)];
  at.answer = () => new Promise(() => undefined);
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(0);
  expect(at.told()).toEqual(told === undefined ? [] : [told]);
  expect(at.calls.map((call) => call.despiteUnknown)).toEqual(despiteUnknown === undefined ? [] : [despiteUnknown]);
});

test('a bill that has only just come up is not paid by what was held out for the car before', async () => {
  const at = world();
  at.state = { ...charging('b1'), passage: passage({ bill: bill('b1', 500, at.clock.now() - 499) }) };
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(0);
  expect(at.told()).toEqual(['refused just-changed']);
  expect(at.calls).toEqual([]);
  // The phone is held still: the gun reads it again, and by now the bill has stood for a moment.
  await at.clock.advance(600);
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(0);
  expect(at.calls.length).toBe(1);
});

test('what could not be placed, read or charged is told, without the code, and for some seconds only', async () => {
  const at = world(false);
  at.scans.scanned('gun', null);
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(0);
  at.state = idle;
  at.scans.scanned('gun', ALIPAY);
  at.scans.scanned('other', MEMBER);
  expect(at.told()).toEqual(['garbled', 'refused no-scan-channel', 'unplaced', 'unplaced']);
  expect(at.scans.notices().map(({ laneIds }) => laneIds)).toEqual([['out1'], ['out1'], ['out1'], []]);
  const all = JSON.stringify([at.scans.notices(), at.lines]);
  for (const code of [WECHAT, ALIPAY, MEMBER]) expect(all).not.toContain(code);
  await at.clock.advance(10_000);
  expect(at.told()).toEqual([]);
});

test('a failure that names the code is logged without it', async () => {
  const at = world();
  at.answer = () => Promise.reject(new Error(`refused: auth_code=${WECHAT}`));
  at.scans.scanned('gun', WECHAT);
  await at.clock.advance(0);
  expect(at.told()).toEqual(['refused failed']);
  expect(JSON.stringify(at.lines)).toContain('auth_code=…');
  expect(JSON.stringify(at.lines)).not.toContain(WECHAT);
});

test('a car without a plate is told apart by its code', () => {
  const at = world();
  at.state = nameless;
  at.scans.scanned('gun', MEMBER);
  expect(at.identified).toEqual([`pass_1 ${MEMBER}`]);
});

/** A gun on a serial port in front of it, as the station has it. */
async function gunFor(at: World): Promise<{ readonly read: (code: string) => void }> {
  const links = new ScriptedLinks();
  const bench = new Bench();
  const gun = serialScanner.create('gun', serialScanner.settings.parse({ path: 'COM5' }), {
    ...{ ...bench.deps, clock: at.clock, links: { ...bench.links, line: links.line } },
    events: { ...bench.deps.events, scanned: (id, code) => at.scans.scanned(id, code) },
  });
  await gun.start();
  onTestFinished(() => gun.stop());
  return { read: (code) => links.data(Buffer.from(`${code}\r`)) };
}

/** The phone lies before the gun, which reads it every so many ms. @returns when charges began */
async function liesThere(at: World, everyMs: number, forMs: number, code = WECHAT): Promise<readonly number[]> {
  const { read } = await gunFor(at);
  const begun: number[] = [];
  for (let ms = 0; ms < forMs; ms += everyMs) {
    const before = at.calls.length;
    read(code);
    if (at.calls.length > before) begun.push(ms);
    await at.clock.advance(everyMs);
  }
  return begun;
}

const young = (at: World, ageMs: number): LaneState => ({
  ...charging('b1'),
  passage: passage({ bill: bill('b1', 500, at.clock.now() - ageMs) }),
});

test.each([
  [300, 300],
  [1_000, 1_000],
  [2_500, 2_500],
  [2_900, 2_900],
])('a phone that is read every %i ms pays a bill that was too young once it is not, and once', async (every, first) => {
  const at = world();
  at.state = young(at, 200);
  at.answer = () => {
    at.attempts = [attempt({ state: 'sent' })];
    return new Promise(() => undefined);
  };
  const said: string[] = [];
  at.scans.onChanged(() => said.push(at.told().at(-1) ?? ''));
  expect(await liesThere(at, every, 30_000)).toEqual([first]);
  expect(said.filter((each) => each !== 'refused just-changed')).toEqual(Array(3).fill('refused payment-under-way'));
});

test('a phone that lies there before its car has something to pay is read when it has', async () => {
  const at = world();
  at.state = idle;
  const { read } = await gunFor(at);
  for (let ms = 0; ms < 9_000; ms += 300) {
    read(WECHAT);
    await at.clock.advance(300);
  }
  // Said when it came, and no more often than every three seconds.
  expect(at.told()).toEqual(['unplaced', 'unplaced', 'unplaced']);
  at.state = young(at, 1_000);
  at.answer = () => new Promise(() => undefined);
  read(WECHAT);
  expect(at.calls.length).toBe(1);
});

test('after it paid, a phone that still lies there pays for nobody, also not for the next car', async () => {
  const at = world();
  at.answer = () => {
    at.clock.after(2_000, () => {
      at.state = cleared;
    });
    at.clock.after(5_000, () => {
      const next = { ...bill('b2', 800, at.clock.now()), uid: 'u2' };
      at.state = { ...charging('b2'), passage: passage({ bill: next }) };
    });
    at.attempts = [attempt({ state: 'paid' })];
    return new Promise(() => undefined);
  };
  expect(await liesThere(at, 300, 6_900)).toEqual([0]);
  // Nothing is said of it while nobody wants money, but before the next car.
  expect(at.told()).toEqual(['unplaced']);
  const { read } = await gunFor(at);
  read(ALIPAY);
  expect(at.calls.at(-1)).toMatchObject({ billId: 'b2', authCode: ALIPAY });
});

test('a code that was declined may try again after three seconds; one whose try was set aside not beside it', async () => {
  const at = world();
  at.state = young(at, 60_000);
  at.answer = () => {
    at.attempts = [attempt({ state: 'declined' })];
    return Promise.resolve({ attempt: attempt({ state: 'declined' }), text: null, shownUntil: null });
  };
  expect(await liesThere(at, 300, 3_300)).toEqual([0, 3_000]);
  at.attempts = [attempt({ state: 'unknown', setAside: true })];
  expect(await liesThere(at, 300, 6_000)).toEqual([]);
  expect(await liesThere(at, 300, 300, ALIPAY)).toEqual([0]);
});

test('a failure of the station itself is no reason to ask a channel at every read', async () => {
  const at = world();
  at.state = young(at, 60_000);
  at.answer = () => Promise.reject(new Error('the disk'));
  expect(await liesThere(at, 300, 3_300)).toEqual([0, 3_000]);
});

test('a declined code that is left under the gun is tried three times, said to lie there once, and then left alone until it was gone', async () => {
  const at = world();
  at.state = young(at, 60_000);
  at.answer = () => Promise.resolve({ attempt: attempt({ state: 'declined' }), text: null, shownUntil: null });
  expect(await liesThere(at, 3_000, 60_000)).toEqual([0, 3_000, 6_000]);
  expect(at.told()).toEqual([]);
  const { read } = await gunFor(at);
  // Whoever puts it there again is served like anybody else, and so is whoever has another code.
  read(ALIPAY);
  expect(at.calls.at(-1)).toMatchObject({ authCode: ALIPAY });
  await at.clock.advance(7_001);
  read(WECHAT);
  expect(at.calls.at(-1)).toMatchObject({ authCode: WECHAT });
  expect(at.calls.length).toBe(5);
});

test('one message, and not each three seconds, of a code that is no good; a bill that comes is paid with it all the same', async () => {
  const at = world();
  at.state = idle;
  const said: string[] = [];
  at.scans.onChanged(() => said.push(at.told().at(-1) ?? ''));
  const { read } = await gunFor(at);
  for (let ms = 0; ms < 60_000; ms += 3_000) {
    read(WECHAT);
    await at.clock.advance(3_000);
  }
  expect(said).toEqual(['unplaced', 'unplaced', 'unplaced', 'refused code-lies-there']);
  at.state = young(at, 60_000);
  at.answer = () => Promise.resolve({ attempt: attempt({ state: 'declined' }), text: null, shownUntil: null });
  for (let ms = 0; ms < 30_000; ms += 3_000) {
    read(WECHAT);
    await at.clock.advance(3_000);
  }
  expect(at.calls.length).toBe(3);
  // Another bill is another matter.
  at.state = { ...charging('b2'), passage: passage({ bill: bill('b2', 100, at.clock.now() - 60_000) }) };
  read(WECHAT);
  expect(at.calls.at(-1)).toMatchObject({ billId: 'b2', authCode: WECHAT });
});

test('of a code whose last try is still waited for nobody says that it came to nothing', async () => {
  const at = world();
  at.state = young(at, 60_000);
  const ends = ['declined', 'declined', 'sent'] as const;
  at.answer = () => {
    at.attempts = [attempt({ state: ends[at.calls.length - 1] ?? 'sent' })];
    return Promise.resolve({ attempt: attempt({ state: 'declined' }), text: null, shownUntil: null });
  };
  const said: string[] = [];
  at.scans.onChanged(() => said.push(at.told().at(-1) ?? ''));
  expect(await liesThere(at, 3_000, 30_000)).toEqual([0, 3_000, 6_000]);
  expect(said).toEqual([]);
  at.attempts = [attempt({ state: 'declined' })];
  await liesThere(at, 3_000, 6_000);
  expect(said).toEqual(['refused code-lies-there']);
});
