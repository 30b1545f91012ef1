import { afterEach, describe, expect, it } from 'vitest';
import { TruthBank } from './exit-bank.ts';
import { ExitWorld } from './exit-world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let world: ExitWorld;
afterEach(() => world.dispose());

const cases = () => world.store.read.cases.search({ offset: 0, limit: 9 }).items;
const paid = () =>
  world.store.read.payments.ofStay(world.uid).map(({ via, paid_fen: fen }) => `${via ?? 'cash'} ${fen}`);
const AGREED = { platform: 'auto', kind: 'auto-pay' } as const;

/** 10 yuan are due, of which the first platform pays 4. */
async function part(
  fate: 'pays-part' | 'pays-part-unheard',
  others: readonly TruthBank[] = [],
  second?: 'auto-pay' | 'departure-pay',
): Promise<TruthBank> {
  const auto = new TruthBank({ id: 'auto' });
  auto.fate = fate;
  const more = second === undefined ? [] : [{ platform: 'city', kind: second } as const];
  world = await new ExitWorld([auto, ...others], [AGREED, ...more]).parked();
  world.arrive();
  await world.clock.advance(SECOND);
  return auto;
}

describe('a platform that pays a part', () => {
  it('has paid a bill of its own over that part; the rest waits, and it is not asked again', async () => {
    const auto = await part('pays-part');
    expect([world.states(), paid(), world.phase()]).toEqual([['auto paid'], ['auto 400'], 'charging']);
    expect(world.bill()).toMatchObject({ dueFen: 600, paidFen: 400, chargeFen: 1000 });
    world.refresh();
    await world.clock.advance(MINUTE);
    expect(auto.orders.size).toBe(1);
    world.cash();
    expect([paid(), world.stay().status, world.stay().paidFen, cases()]).toEqual([
      ['auto 400', 'cash 600'],
      'left',
      1000,
      [],
    ]);
  });

  it('leaves the rest to the next platform, which the exit asks by itself', async () => {
    const city = new TruthBank({ id: 'city' });
    await part('pays-part', [city], 'auto-pay');
    await world.clock.advance(SECOND);
    expect([world.states(), paid(), world.stay().status]).toEqual([
      ['auto paid', 'city paid'],
      ['auto 400', 'city 600'],
      'left',
    ]);
  });

  it('leaves the rest to the one that charges after the departure', async () => {
    const city = new TruthBank({ id: 'city' });
    await part('pays-part', [city], 'departure-pay');
    await world.clock.advance(SECOND);
    expect([paid(), world.stay().status, world.stay().owedFen]).toEqual([['auto 400'], 'left', 600]);
    expect(world.store.read.debts.ofStay(world.uid)).toMatchObject([{ amountFen: 600, state: 'open' }]);
  });

  it('has paid that part where it says so only when asked', async () => {
    await part('pays-part-unheard');
    await world.clock.advance(20 * SECOND);
    expect([world.states(), paid(), world.bill()?.dueFen]).toEqual([['auto paid'], ['auto 400'], 600]);
  });

  it('has paid that part of a debt where the car left owing meanwhile', async () => {
    const auto = await part('pays-part-unheard');
    world.owe();
    await world.clock.advance(MINUTE);
    expect([paid(), auto.keptFen(), cases()]).toEqual([['auto 400'], 400, []]);
    expect(world.store.read.debts.ofStay(world.uid)).toMatchObject([{ amountFen: 1000, paidFen: 400, state: 'open' }]);
  });

  it('is a case over that part where the bill was paid in cash meanwhile', async () => {
    await part('pays-part-unheard');
    world.cash();
    await world.clock.advance(MINUTE);
    expect([paid(), cases()]).toMatchObject([['cash 1000'], [{ kind: 'paid-twice', amountFen: 400 }]]);
  });

  it('has paid that part where its bill was made anew meanwhile', async () => {
    await part('pays-part-unheard');
    world.clock.jumpWall(2 * 60 * MINUTE);
    world.refresh();
    await world.clock.advance(MINUTE);
    expect([paid(), world.stay().paidFen, cases()]).toEqual([['auto 400'], 400, []]);
    expect(world.bill()).toMatchObject({ paidFen: 400, dueFen: (world.bill()?.chargeFen ?? 0) - 400 });
  });

  it('has paid that part where the car had gone from the exit, and it is still to pay the rest', async () => {
    await part('pays-part-unheard');
    world.cancel();
    await world.clock.advance(MINUTE);
    expect([paid(), world.stay().status, world.stay().paidFen, cases()]).toEqual([['auto 400'], 'inside', 400, []]);
    world.arrive();
    await world.clock.advance(SECOND);
    expect(world.bill()).toMatchObject({ paidFen: 400, dueFen: 600 });
  });

  it('that comes to nothing has paid nothing', async () => {
    const auto = new TruthBank({ id: 'auto' });
    auto.charge = async () => ({ state: 'paid', reference: null, detail: '', paidFen: 0 });
    world = await new ExitWorld([auto], [AGREED]).parked();
    world.arrive();
    await world.clock.advance(SECOND);
    expect([world.states(), paid(), world.bill()?.dueFen]).toEqual([['auto declined'], [], 1000]);
  });
});

describe('a platform that nobody can ask', () => {
  it('holds up nobody: what is unknown is set aside at once, and looked at ever less often', async () => {
    const auto = new TruthBank({ id: 'auto', askAtMs: [], answerMs: 5 * SECOND });
    auto.fate = 'unheard';
    auto.silent = true;
    let looks = 0;
    auto.query = async () => {
      looks += 1;
      return { state: 'unknown', reference: null, detail: 'nobody knows' };
    };
    world = await new ExitWorld([auto], [AGREED]).parked();
    world.arrive();
    await world.clock.advance(5 * SECOND);
    expect(world.states()).toEqual(['auto unknown aside']);
    const changes = world.count('attempt-changed');
    await world.clock.advance(4 * 60 * MINUTE);
    expect(looks).toBeLessThan(15);
    expect(world.count('attempt-changed')).toBe(changes);
    await world.clock.advance(3 * 24 * 60 * MINUTE);
    expect(cases()).toMatchObject([{ kind: 'unknown-payment' }]);
  });

  it('may say by itself that it has taken it back, wanted or not', async () => {
    const auto = new TruthBank({ id: 'auto', askAtMs: [] });
    auto.fate = 'unheard';
    auto.silent = true;
    world = await new ExitWorld([auto], [AGREED]).parked();
    world.arrive();
    await world.clock.advance(30 * SECOND);
    const [attempt] = world.attempts();
    world.owe();
    expect(world.payments.desk.reversed(attempt?.id ?? '').state).toBe('reversed');
    expect(world.payments.desk.reversed(attempt?.id ?? '').state).toBe('reversed');
    expect(world.store.read.debts.ofStay(world.uid)).toMatchObject([{ state: 'open', paidFen: 0 }]);
  });
});

describe('a code', () => {
  const ANNA = { kind: 'user', name: 'anna' } as const;
  const shown = async () => {
    const charged = world.payments.desk.charge(world.bill()?.id ?? '', { channel: 'code' }, ANNA);
    await world.clock.advance(0);
    return await charged;
  };

  it('that runs out makes way for another order', async () => {
    const code = Object.assign(new TruthBank({ id: 'code', kind: 'qr' }), { shownMs: 4 * MINUTE });
    world = await new ExitWorld([code], []).parked();
    world.arrive();
    const first = await shown();
    expect(first.shownUntil).toBe(first.attempt.createdAt + 4 * MINUTE);
    await world.clock.advance(4 * MINUTE - 1);
    expect((await shown()).attempt.id).toBe(first.attempt.id);
    await world.clock.advance(1);
    const second = await shown();
    expect(second.attempt.id).not.toBe(first.attempt.id);
    expect(world.states()).toEqual(['code reversed', 'code sent']);
  });

  it('that nobody can give is refused with a reason, and asked for anew when somebody wants it', async () => {
    const code = new TruthBank({ id: 'code', kind: 'qr' });
    const refuses: TruthBank['qr'] = async () => ({ refused: '商户未开通' });
    world = await new ExitWorld([Object.assign(code, { qr: refuses })], []).parked();
    world.arrive();
    const { attempt, text } = await shown();
    expect([text, attempt.state, attempt.detail]).toEqual([null, 'declined', '商户未开通']);
    await shown();
    expect(world.states()).toEqual(['code declined', 'code declined']);
  });
});
