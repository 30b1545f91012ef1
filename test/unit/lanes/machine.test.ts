import { describe, expect, it } from 'vitest';
import { IN, LaneWorld, OUT, plate } from '../../support/lane-world.ts';

const MINUTE = 60_000;
const user = { kind: 'user', name: '李四' } as const;

/** A world in which `text` entered `minutes` ago and the entrance is quiet again. */
function parked(text: string, minutes: number): LaneWorld {
  const world = new LaneWorld();
  world.car(IN, text);
  world.now += minutes * MINUTE;
  return world;
}

describe('entry', () => {
  it('admits a readable car: one stay, one opening, spaces one fewer', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12345');
    expect(world.kinds()).toEqual(['vehicle-entered', 'gate-commanded']);
    expect(world.events[0]?.body).toMatchObject({
      how: 'automatic',
      spaces: { inside: 1, free: 89 },
      stay: { status: 'inside', parkingType: 'temporary' },
    });
    expect(world.opens(IN)).toBe(1);
  });

  it('lets an unread car wait, and admits it once its plate was typed', () => {
    const world = new LaneWorld();
    world.car(IN, '');
    expect(world.state(IN)).toMatchObject({ phase: 'attention', passage: { attention: 'unread-plate' } });
    expect(world.opens(IN)).toBe(0);
    world.must(IN, { type: 'correct-plate', plate: plate('鲁B12345'), actor: user });
    expect(world.opens(IN)).toBe(1);
    expect(world.inside('鲁B12345')).not.toBeNull();
    expect(world.events.find((event) => event.kind === 'vehicle-entered')).toMatchObject({
      actor: user,
      body: { how: 'attendant' },
    });
  });

  it('stops a blacklisted car until a person lets it in with a reason', () => {
    const world = new LaneWorld();
    world.list('鲁B12345', 'black');
    world.car(IN, '鲁B12345');
    expect(world.state(IN).passage?.attention).toBe('blacklisted');
    expect(world.opens(IN)).toBe(0);
    world.must(IN, { type: 'release', reason: '民警在场', actor: user });
    expect(world.opens(IN)).toBe(1);
    expect(world.events.at(-1)).toMatchObject({
      kind: 'gate-commanded',
      actor: user,
      body: { origin: 'released', reason: '民警在场' },
    });
  });

  it('admits a car that comes back although its last entry lies in the future, because the clock was set back', () => {
    const world = parked('鲁B12345', 5);
    world.must(IN, { type: 'cleared-timeout', passageId: world.state(IN).passage?.id ?? '' });
    world.now -= 8 * 60 * MINUTE;
    world.car(IN, '鲁B12345');
    expect(world.opens(IN)).toBe(2);
    expect(world.kinds()).toContain('stay-closed');
  });

  it('takes the same plate seen again at once for the same car', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12345');
    world.now += 5000;
    world.car(IN, '鲁B12345');
    expect(world.stays.size).toBe(1);
    expect(world.opens(IN)).toBe(1);
  });

  it('says why a car that was seen once more right after it entered is no new one', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12345');
    world.now += 5000;
    world.car(IN, '');
    world.must(IN, { type: 'correct-plate', plate: plate('鲁B12345'), actor: user });
    expect(world.stays.size).toBe(1);
    expect(world.opens(IN)).toBe(1);
    expect(world.events.at(-1)).toMatchObject({
      kind: 'passage-ended',
      actor: user,
      body: { reason: 'entered here just now' },
    });
  });

  it('closes the old stay as abnormal when a car enters that never left', () => {
    const world = parked('鲁B12345', 120);
    world.car(IN, '鲁B00001');
    world.now += 2 * MINUTE;
    world.car(IN, '鲁B12345');
    const statuses = [...world.stays.values()]
      .filter((stay) => stay.plate.text === '鲁B12345')
      .map((stay) => stay.status);
    expect(statuses).toEqual(['abnormal', 'inside']);
  });

  it('puts the plate of a car right that is still entering, without opening again', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12346');
    world.must(IN, { type: 'correct-plate', plate: plate('鲁B12345'), actor: user });
    expect(world.inside('鲁B12345')).not.toBeNull();
    expect(world.inside('鲁B12346')).toBeNull();
    expect(world.opens(IN)).toBe(1);
  });
});

describe('exit', () => {
  it('lets a car out at once within the free minutes, without a bill', () => {
    const world = parked('鲁B12345', 10);
    world.car(OUT, '鲁B12345');
    expect(world.kinds()).not.toContain('bill-paid');
    expect(world.events.find((event) => event.kind === 'vehicle-exited')).toMatchObject({
      body: { how: 'free', stay: { chargeFen: 0, status: 'left' } },
    });
    expect(world.opens(OUT)).toBe(1);
  });

  it('bills, and opens only when exactly what is due was paid', () => {
    const world = parked('鲁B12345', 61);
    world.car(OUT, '鲁B12345');
    expect(world.state(OUT)).toMatchObject({ phase: 'charging', passage: { bill: { dueFen: 1000 } } });
    expect(world.opens(OUT)).toBe(0);
    expect(world.feed(OUT, { type: 'collect', method: 'cash', amountFen: 999, actor: user })).toEqual({
      refused: 'amount-differs',
    });
    expect(world.opens(OUT)).toBe(0);
    world.must(OUT, { type: 'collect', method: 'cash', amountFen: 1000, actor: user });
    expect(world.kinds().slice(-3)).toEqual(['bill-paid', 'vehicle-exited', 'gate-commanded']);
    expect(world.opens(OUT)).toBe(1);
  });

  it('never takes money twice for one car', () => {
    const world = parked('鲁B12345', 61);
    world.car(OUT, '鲁B12345');
    world.must(OUT, { type: 'collect', method: 'cash', amountFen: 1000, actor: user });
    expect(world.feed(OUT, { type: 'collect', method: 'cash', amountFen: 1000, actor: user })).toEqual({
      refused: 'nothing-due',
    });
    expect(world.kinds().filter((kind) => kind === 'bill-paid')).toHaveLength(1);
  });

  it('never takes money for one stay and books it on another of the same plate', () => {
    const world = parked('鲁B12345', 61);
    world.apart = true;
    world.car(OUT, '鲁B12345');
    world.car(IN, '鲁B00001');
    world.now += 2 * MINUTE;
    world.car(IN, '鲁B12345');
    expect(world.feed(OUT, { type: 'collect', method: 'cash', amountFen: 1000, actor: user })).toEqual({
      refused: 'stay-changed',
    });
    expect(world.kinds()).not.toContain('bill-paid');
    world.must(OUT, { type: 'correct-plate', plate: plate('鲁B12345'), actor: user });
    expect(world.events.at(-2)).toMatchObject({ kind: 'vehicle-exited', body: { how: 'free' } });
  });

  it('keeps what was due in the record when a person lets the car out for nothing', () => {
    const world = parked('鲁B12345', 61);
    world.car(OUT, '鲁B12345');
    world.must(OUT, { type: 'release', reason: '领导同意', actor: user });
    expect(world.events.find((event) => event.kind === 'vehicle-exited')).toMatchObject({
      actor: user,
      body: { how: 'released', reason: '领导同意', stay: { chargeFen: 1000, dueFen: 0, paidFen: 0 } },
    });
    expect(world.kinds()).not.toContain('bill-paid');
  });

  it('lets a whitelisted car out for nothing', () => {
    const world = parked('鲁B12345', 600);
    world.list('鲁B12345', 'white');
    world.car(OUT, '鲁B12345');
    expect(world.events.find((event) => event.kind === 'vehicle-exited')).toMatchObject({
      body: { how: 'whitelist', stay: { chargeFen: 0, dueFen: 0 } },
    });
  });

  it('lets no car out for nothing because the clock was set back while it was inside', () => {
    const world = parked('鲁B12345', 0);
    world.now -= 120 * MINUTE;
    world.car(OUT, '鲁B12345');
    expect(world.state(OUT).passage?.attention).toBe('clock-reversed');
    expect(world.opens(OUT)).toBe(0);
    world.must(OUT, { type: 'release', reason: '时钟被改动', actor: user });
    const out = world.events.find((event) => event.kind === 'vehicle-exited');
    if (out?.kind !== 'vehicle-exited') throw new Error('no exit');
    expect(out.body.stay.exitedAt).toBe(out.body.stay.enteredAt);
    expect(world.opens(OUT)).toBe(1);
  });

  it('waits for a person when nobody knows of an entry', () => {
    const world = new LaneWorld();
    world.car(OUT, '鲁B12345');
    expect(world.state(OUT).passage?.attention).toBe('no-entry');
    expect(world.opens(OUT)).toBe(0);
  });

  it('keeps the car that is being served, and serves the next ones in their order', () => {
    const world = parked('鲁B11111', 61);
    world.states.delete('in1');
    world.car(IN, '鲁B22222');
    world.now += 61 * MINUTE;
    world.car(OUT, '鲁B11111');
    const first = world.state(OUT).passage?.id;
    world.car(OUT, '鲁B22222');
    world.car(OUT, '鲁B22222');
    expect(world.state(OUT)).toMatchObject({ phase: 'charging', passage: { id: first } });
    expect(world.state(OUT).waiting.map((arrival) => arrival.plate.text)).toEqual(['鲁B22222']);
  });

  it('gives nothing of one passage to the next', () => {
    const world = parked('鲁B11111', 61);
    world.car(OUT, '鲁B11111');
    world.must(OUT, { type: 'collect', method: 'cash', amountFen: 1000, actor: user });
    world.car(OUT, '鲁B99999');
    expect(world.state(OUT).passage).toMatchObject({ bill: null, uid: null, attention: 'no-entry', readPlate: null });
  });
});

describe('the arm', () => {
  it('is told again only when the camera asks again after the command got lost', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12345');
    const { passage, lastCommand } = world.state(IN);
    if (!passage || !lastCommand) throw new Error('no passage');
    world.must(IN, { type: 'asked-again', passageId: passage.id });
    expect(world.opens(IN)).toBe(1);
    world.must(IN, { type: 'gate-answered', commandId: lastCommand.id, outcome: 'done', detail: '' });
    world.must(IN, { type: 'asked-again', passageId: passage.id });
    expect(world.opens(IN)).toBe(1);
    world.must(IN, { type: 'gate-answered', commandId: lastCommand.id, outcome: 'unknown', detail: '' });
    world.must(IN, { type: 'asked-again', passageId: passage.id });
    expect(world.opens(IN)).toBe(2);
  });

  it('opened by hand admits nobody and bills nobody', () => {
    const world = new LaneWorld();
    world.must(IN, { type: 'gate', action: 'open', reason: '消防车', photoId: 'p1', actor: user });
    expect(world.kinds()).toEqual(['gate-commanded']);
    expect(world.events[0]).toMatchObject({ actor: user, body: { origin: 'manual', reason: '消防车', photoId: 'p1' } });
    expect(world.stays.size).toBe(0);
  });

  it('ends the passage when the car has left the safety loop', () => {
    const world = new LaneWorld();
    world.car(IN, '鲁B12345');
    world.must(IN, { type: 'safety-loop', on: true });
    expect(world.state(IN).phase).toBe('cleared');
    world.must(IN, { type: 'safety-loop', on: false });
    expect(world.state(IN)).toMatchObject({ phase: 'idle', passage: null });
    expect(world.events.at(-1)).toMatchObject({ kind: 'passage-ended', body: { how: 'passed' } });
  });

  it('remembers that it is held open', () => {
    const world = new LaneWorld();
    world.must(OUT, { type: 'gate', action: 'hold', reason: '高峰', photoId: null, actor: user });
    expect(world.state(OUT).held).toBe(true);
    world.must(OUT, { type: 'gate', action: 'release-hold', reason: '高峰结束', photoId: null, actor: user });
    expect(world.state(OUT).held).toBe(false);
  });
});
