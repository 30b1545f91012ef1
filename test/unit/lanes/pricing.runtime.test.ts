import { afterEach, describe, expect, it } from 'vitest';
import type { FeeAnswer, FeeQuestion } from '../../../electron/station/payments/fee-source.ts';
import { A, B, MINUTE, user } from './given.ts';
import { OUT_2, OUT1, Rig, type RigOptions } from './runtime-rig.ts';

let rig: Rig;
afterEach(() => rig.dispose());

interface Open {
  readonly question: FeeQuestion;
  readonly signal: AbortSignal;
  readonly say: (answer: FeeAnswer) => void;
}
let asked: Open[];

/** Whoever prices stays answers when the test says so. */
function open(options: RigOptions = {}): Rig {
  asked = [];
  rig = new Rig({
    fees: (question, signal) => new Promise((say) => asked.push({ question, signal, say })),
    ...options,
  });
  return rig;
}
const settle = (): Promise<void> => rig.clock.advance(1);
const FAILED: FeeAnswer = { kind: 'failed', reason: '没有应答' };
const fee = (toPayFen: number): FeeAnswer => ({ kind: 'fee', toPayFen });
const alarms = () => rig.alarms.list().map(({ code }) => code);
const stayOf = (text: string) => {
  const stay = rig.store.read.stays.inside(text);
  if (!stay) throw new Error('not inside');
  return stay;
};

/** It stands at the exit, and the question is on its way. */
async function atExit(text = A, minutes = 60): Promise<void> {
  await rig.parked(text, minutes);
  rig.car(OUT1, text);
  await settle();
}

describe('a lane', () => {
  it('asks once, opens nothing, and puts the bill up when the price is there', async () => {
    open();
    await atExit();
    expect(asked.map(({ question }) => [question.stay.plate.text, question.laneId])).toEqual([[A, OUT1.id]]);
    expect(rig.moves).toEqual([`in1:open`]);
    asked[0]?.say(fee(1200));
    await settle();
    expect(rig.bills).toEqual([`+${OUT1.id} 1200`]);
  });

  it('asks again after a power cut, and the answer to the question before it is for nobody', async () => {
    open();
    await atExit();
    const before = asked[0];
    rig.restart();
    await settle();
    expect(asked).toHaveLength(2);
    before?.say(fee(0));
    await settle();
    expect(rig.phase(OUT1)).toBe('pricing');
    asked[1]?.say(fee(700));
    await settle();
    expect(rig.passage(OUT1)?.bill?.dueFen).toBe(700);
  });

  it('gives the question up when the car is gone, or somebody decided', async () => {
    open();
    await atExit();
    rig.lanes.order(OUT1.id, { type: 'release', reason: '特种车辆', actor: user });
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(rig.phase(OUT1)).toBe('cleared');
    asked[0]?.say(fee(0));
    await settle();
    expect(rig.events('vehicle-exited')).toMatchObject([{ body: { how: 'released', feeUnknown: true } }]);
  });

  it('asks anew at the exit that the car drove to instead', async () => {
    open();
    await atExit();
    await rig.clock.advance(MINUTE);
    rig.car(OUT_2, A);
    await settle();
    expect(rig.phase(OUT1)).toBe('idle');
    expect(asked.map(({ question, signal }) => [question.laneId, signal.aborted])).toEqual([
      [OUT1.id, true],
      [OUT_2.id, false],
    ]);
  });

  it('does not wait for whoever never answers', async () => {
    open();
    await atExit();
    await rig.clock.advance(20_000);
    expect(rig.passage(OUT1)?.attention).toBe('fee-unknown');
  });

  it('takes nothing for a price that is none', async () => {
    for (const wrong of [-1, 0.5, Number.NaN, 1e15]) {
      open({ fees: () => Promise.resolve(fee(wrong)) });
      await atExit();
      expect(rig.passage(OUT1)?.attention).toBe('fee-unknown');
      rig.dispose();
    }
    open({ fees: () => Promise.reject(new Error('kaputt')) });
    await atExit();
    expect(rig.passage(OUT1)?.attention).toBe('fee-unknown');
  });

  it('is decided by our own tariff when it is decided anew and nobody else prices any more', async () => {
    open();
    await atExit();
    rig.prices?.use(undefined);
    rig.lanes.order(OUT1.id, { type: 'refresh', actor: user });
    expect(rig.passage(OUT1)?.bill).toMatchObject({ tariffId: 't', dueFen: 500 });
  });

  it('is decided by our own tariff where nobody else prices any more after a start', async () => {
    const options: { fees?: NonNullable<RigOptions['fees']> } = { fees: () => new Promise(() => undefined) };
    rig = new Rig(options);
    await atExit();
    expect(rig.phase(OUT1)).toBe('pricing');
    delete options.fees;
    rig.restart();
    await settle();
    expect(rig.passage(OUT1)?.bill).toMatchObject({ tariffId: 't', dueFen: 500 });
  });

  it('tells somebody after three failures in a row, and is quiet again after an answer', async () => {
    open();
    await atExit();
    for (const failure of [1, 2, 3]) {
      asked.at(-1)?.say(FAILED);
      await settle();
      expect(alarms()).toEqual(failure < 3 ? [] : ['fee-source-silent']);
      rig.lanes.order(OUT1.id, { type: 'refresh', actor: user });
      await settle();
    }
    asked.at(-1)?.say(fee(100));
    await settle();
    expect(alarms()).toEqual([]);
  });
});

describe('a car inside', () => {
  it('has no price before somebody was asked, and then for a minute', async () => {
    open();
    await rig.parked(A, 60);
    expect(rig.lanes.account(stayOf(A))).toBeNull();
    const fresh = rig.prices?.fresh(stayOf(A));
    await settle();
    expect(asked.map(({ question }) => question.laneId)).toEqual([null]);
    asked[0]?.say(fee(800));
    await fresh;
    expect(rig.lanes.account(stayOf(A))).toMatchObject({ chargeFen: 800, dueFen: 800 });
    await rig.prices?.fresh(stayOf(A));
    expect(asked).toHaveLength(1);
    await rig.clock.advance(MINUTE + 1);
    expect(rig.lanes.account(stayOf(A))).toBeNull();
  });

  it('is asked about once at a time', async () => {
    open();
    await rig.parked(A, 60);
    await rig.parked(B, 60);
    const all = [A, A, B, A].map(async (text) => rig.prices?.fresh(stayOf(text)));
    await settle();
    expect(asked.map(({ question }) => question.stay.plate.text)).toEqual([A, B]);
    for (const { say } of asked) say(fee(300));
    await Promise.all(all);
    expect(rig.lanes.account(stayOf(A))?.dueFen).toBe(300);
  });

  it('has the price of the lane once it stands there', async () => {
    open();
    await rig.parked(A, 60);
    let done = false;
    const fresh = rig.prices?.fresh(stayOf(A)).then(() => {
      done = true;
    });
    await settle();
    rig.car(OUT1, A);
    await settle();
    expect(asked.map(({ question, signal }) => [question.laneId, signal.aborted])).toEqual([
      [null, true],
      [OUT1.id, false],
    ]);
    expect(done).toBe(false);
    asked[1]?.say(fee(900));
    await fresh;
    expect(rig.lanes.account(stayOf(A))?.dueFen).toBe(900);
  });

  it('has no price when nobody tells it, and is asked about again', async () => {
    open({ fees: () => Promise.resolve(FAILED) });
    await rig.parked(A, 60);
    await rig.prices?.fresh(stayOf(A));
    expect(rig.lanes.account(stayOf(A))).toBeNull();
  });

  it('costs our own tariff, without a question, where nobody else prices', async () => {
    rig = new Rig();
    await rig.parked(A, 60);
    await rig.prices?.fresh(stayOf(A));
    expect(rig.lanes.account(stayOf(A))?.dueFen).toBe(500);
  });
});
