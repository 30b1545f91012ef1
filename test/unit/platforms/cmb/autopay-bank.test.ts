import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bank, type Fault, type OwnerOptions, startBank } from '../../../peers/cmb/index.ts';
import { CAR, CmbWorld, HOUR } from './cmb-world.ts';

/** AutoPay against a bank that was written from the specification alone: whatever it does, its money is in our books or on the list. */

let world: CmbWorld;
let bank: Bank;
let closeDoor: () => Promise<void>;
afterEach(async () => {
  await bank.close();
  await closeDoor();
  await world.dispose();
});

/** The address that the bank calls: the platform's inbound door, behind a listener. */
async function door(): Promise<string> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      void world.platform.inbound
        .handle({
          ...{ method: 'POST', path: request.url ?? '', query: '', remote: '127.0.0.1', headers: {} },
          contentType: request.headers['content-type'] ?? '',
          body: Buffer.concat(parts),
        })
        .then(({ status, contentType, body }) => {
          response.writeHead(status, { 'content-type': contentType }).end(body);
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeDoor = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`;
}

async function begin(owner: OwnerOptions, settings: object = {}): Promise<string> {
  bank = await startBank({
    now: () => world.clock.now(),
    after: (ms, task) => world.clock.after(ms, task),
    random: () => 0.5,
  });
  world = await CmbWorld.open({ settings: { baseUrl: bank.baseUrl, timeouts: { autoPayMs: 3000 }, ...settings } });
  world.alsoBusy = () => bank.busy;
  bank.address = await door();
  bank.downlink.retries = { times: 500, everyMs: 10_000 };
  bank.owner(CAR).set({ autopay: { limit: 50_000 }, ...owner });
  const uid = await world.parked(61);
  await world.comes('the agreement', () => world.read.agreements.ofPlate(CAR).length > 0);
  return uid;
}

const phase = (): string => world.lanes.state('out1').phase;
const collectedFen = (uid: string): number => bank.books.record(uid).collectedFen;
/** Money of the bank in our books, and what a person has on the list to give back. */
function heldFen(uid: string): number {
  const booked = world.read.payments.ofStay(uid).filter(({ via, state }) => via === 'cmb' && state === 'paid');
  const listed = world.read.cases.ofStay(uid).filter(({ kind }) => kind === 'paid-twice' || kind === 'late-payment');
  return [...booked.map((paid) => paid.paid_fen), ...listed.map((each) => each.amountFen)].reduce((a, b) => a + b, 0);
}
const underWay = (uid: string): string[] =>
  world.read.attempts
    .ofStay(uid)
    .map(({ state }) => state)
    .filter((state) => ['created', 'sent', 'unknown', 'reversing'].includes(state));

const FAULTS: readonly (readonly [string, Fault | undefined])[] = [
  ['no fault', undefined],
  ['the request is lost', { kind: 'request-lost' }],
  ['the answer is lost', { kind: 'answer-lost' }],
  ['silence, done', { kind: 'silence', processed: true }],
  ['silence, not done', { kind: 'silence' }],
  ['cut', { kind: 'cut' }],
  ['an error page, done', { kind: 'html', processed: true }],
  ['HTTP 502, done', { kind: 'http-status', status: 502, processed: true }],
  ['HTTP 503, not done', { kind: 'http-status', status: 503 }],
  ['garbage, done', { kind: 'garbage', processed: true }],
  ['busy, done', { kind: 'status', status: 9, message: '系统繁忙', processed: true }],
];

const OWNERS: readonly (readonly [string, OwnerOptions])[] = [
  ['pays, echoed by the bank’s number', {}],
  ['pays, echoed before the answer by a number of its own', { echo: 'before', echoOrder: 'other' }],
  ['pays, echoed twice by ours', { echo: 'twice', echoOrder: 'request' }],
  ['pays, never echoed', { echo: 'never' }],
  ['pays twenty seconds later', { pays: 'later', delayMs: 20_000 }],
  ['declines', { pays: 'declines' }],
];

/** Each of either with several of the other; all of them together take too long. */
const PAIRS = OWNERS.flatMap(([owner, options], i) =>
  FAULTS.filter((_, j) => (i + j) % 4 === 0).map(([name, fault]) => [owner, name, options, fault] as const),
);

describe('every fen is where it belongs', () => {
  it.each(PAIRS)('an owner who %s; %s', async (_owner, _fault, options, fault) => {
    const uid = await begin(options);
    if (fault) bank.fault(fault, { interface: 'AutoPay', times: 1 });
    world.car('out1');
    // The attendant waits as long as the screen says, then takes cash.
    await world.pass(16_000, 8);
    const bill = world.bill(uid);
    const cash = bill.state === 'open' ? 1000 : 0;
    if (cash > 0) world.cash(bill);
    await world.pass(15 * 60_000, 6);
    expect(phase()).not.toBe('charging');
    expect(underWay(uid)).toEqual([]);
    expect(heldFen(uid)).toBe(collectedFen(uid));
    expect(world.takenFen(uid)).toBe(1000);
    expect(bank.violations).toEqual([]);
    expect(bank.received('AutoPay').length).toBeLessThanOrEqual(1);
  });
});

describe('a bank that guarantees', () => {
  const guaranteed = { autoPay: { guaranteed: true, confirmHours: 2 } };
  const attempt = (uid: string) => world.read.attempts.ofStay(uid).at(-1);

  it('lets the car go at once, and tells of the money later', async () => {
    const uid = await begin({ mode: 'guaranteed', pays: 'later', delayMs: 60_000 }, guaranteed);
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    expect([attempt(uid)?.guarantee, world.takenFen(uid)]).toEqual(['pending', 1000]);
    await world.pass(90_000, 9);
    expect([attempt(uid)?.guarantee, world.takenFen(uid), heldFen(uid)]).toEqual(['confirmed', 1000, 1000]);
    world.clock.jumpWall(3 * HOUR);
    await world.pass(HOUR, 2);
    expect([world.cases(), bank.violations]).toEqual([[], []]);
  });

  it('and never tells of it: a person looks', async () => {
    const uid = await begin({ mode: 'guaranteed', pays: 'never' }, guaranteed);
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    world.clock.jumpWall(2 * HOUR);
    await world.pass(HOUR, 2);
    expect([attempt(uid)?.guarantee, world.cases()]).toEqual(['pending', ['unknown-payment 1000']]);
  });
});
