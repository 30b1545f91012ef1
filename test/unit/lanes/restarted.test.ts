import { afterEach, describe, expect, it } from 'vitest';
import type { AuthorityAnswer } from '../../../electron/station/lanes/authority-port.ts';
import { A, B } from './given.ts';
import { alone } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** Nobody knows what happened while the station was away: what stood before an arm then is not certain to stand there now. */

const SECOND = 1000;
const lane = alone(IN1);
const user = { kind: 'user', name: '李四' } as const;

let rig: Rig;
afterEach(() => rig.dispose());

let says: AuthorityAnswer['answer'];
function start(loop: boolean): void {
  says = 'refuse';
  rig = new Rig({ lanes: [lane, OUT1], answer: () => Promise.resolve({ answer: says, detail: says }) });
  if (loop) rig.lanes.triggerLoop(lane.id, true);
  rig.car(lane, A);
}
const press = (on: boolean): void => rig.lanes.triggerLoop(lane.id, on);
const opened = (): number => rig.moves.filter((move) => move === `${lane.id}:open`).length;
async function away(ms: number): Promise<void> {
  await rig.clock.advance(SECOND);
  rig.restart(ms);
  says = 'open';
}

describe.each([true, false])('who was asked about when the station ended (loop known: %s)', (loop) => {
  it('is still there after a few seconds', async () => {
    start(loop);
    await away(10 * SECOND);
    await rig.clock.advance(3 * SECOND);
    expect(opened()).toBe(1);
  });

  it('is not opened for after a longer while: a person looks', async () => {
    start(loop);
    await away(11 * SECOND);
    await rig.clock.advance(3 * SECOND);
    expect(rig.questions.length).toBeGreaterThan(0);
    expect(opened()).toBe(0);
    expect(rig.lanes.state(lane.id)).toMatchObject({ phase: 'attention', passage: { attention: 'remote-silent' } });
    expect(rig.passage(lane)?.asked?.detail).toContain('车辆是否还在');
    await rig.clock.advance(60 * SECOND);
    expect(opened()).toBe(0);
    rig.lanes.order(lane.id, { type: 'approve', reason: null, actor: user });
    expect(opened()).toBe(1);
    expect(rig.events('vehicle-entered')).toHaveLength(1);
  });

  it('makes room for the next that is read', async () => {
    start(loop);
    await away(30 * SECOND);
    rig.car(lane, B);
    await rig.clock.advance(SECOND);
    expect(rig.events('vehicle-entered').map(({ body }) => ('stay' in body ? body.stay?.plate.text : null))).toEqual([
      B,
    ]);
  });

  it.each(['before', 'after'])('is there again when it is read %s the word', async (when) => {
    start(loop);
    await away(30 * SECOND);
    if (when === 'after') await rig.clock.advance(3 * SECOND);
    expect(opened()).toBe(0);
    rig.car(lane, A);
    await rig.clock.advance(3 * SECOND);
    expect(opened()).toBe(1);
    expect(rig.passage(lane)).toMatchObject({ plate: { text: A } });
  });
});

it('an edge of the loop makes it certain', async () => {
  start(true);
  await away(30 * SECOND);
  press(false);
  await rig.clock.advance(500);
  press(true);
  await rig.clock.advance(3 * SECOND);
  expect(opened()).toBe(1);
});

it('nobody opens by silence for a car that may have gone', async () => {
  start(true);
  await away(30 * SECOND);
  says = 'failed';
  await rig.clock.advance(30 * SECOND);
  expect(opened()).toBe(0);
  expect(rig.passage(lane)).toMatchObject({ attention: 'remote-silent' });
});

describe('a loop that no device reports any more', () => {
  it('is forgotten at the start: the lane goes on without', async () => {
    start(true);
    press(false);
    await rig.clock.advance(2 * SECOND);
    expect(rig.phase(lane)).toBe('idle');
    rig.deaf = true;
    rig.restart();
    expect(rig.lanes.state(lane.id).loop).toBeNull();
    says = 'open';
    rig.car(lane, B);
    await rig.clock.advance(100);
    expect(opened()).toBe(1);
  });

  it('leaves whoever was waited for to a person', async () => {
    start(true);
    press(false);
    says = 'open';
    rig.car(lane, B);
    await rig.clock.advance(3 * SECOND);
    expect(rig.phase(lane)).toBe('asking');
    rig.deaf = true;
    rig.restart();
    await rig.clock.advance(30 * SECOND);
    expect(opened()).toBe(0);
    expect(rig.passage(lane)).toMatchObject({ plate: { text: B }, attention: 'remote-silent' });
  });
});

describe('a platform that does not run', () => {
  it('has no word: our own rules decide at once, and it is said', async () => {
    rig = new Rig({ lanes: [alone(IN1, { giveUpAfter: 2 }), alone(OUT1)] });
    rig.lanes.recover();
    expect(rig.alarms.list()).toMatchObject([
      { code: 'gate-authority-missing', subject: IN1.id, severity: 'alarm' },
      { code: 'gate-authority-missing', subject: OUT1.id, severity: 'alarm' },
    ]);
    rig.car(IN1, A);
    await rig.clock.advance(61 * 60_000);
    expect(rig.events('vehicle-entered')).toHaveLength(1);
    expect(rig.events('authority-told')).toHaveLength(0);
    rig.car(OUT1, A);
    // It is billed as at any other exit.
    expect(rig.phase(OUT1)).toBe('charging');
  });

  it('says nothing where it runs', () => {
    start(true);
    rig.lanes.recover();
    expect(rig.alarms.list()).toEqual([]);
  });
});

describe('a loop that is dead', () => {
  const neverComes = async (plate: string): Promise<void> => {
    rig.car(lane, plate);
    await rig.clock.advance(16 * SECOND);
  };
  const silent = (): string[] => rig.alarms.list().map(({ code }) => code);

  it('is told after two cars that may go and never came onto it, through a restart, until it is pressed', async () => {
    start(true);
    press(false);
    await rig.clock.advance(2 * SECOND);
    says = 'open';
    await neverComes('鲁B00001');
    expect(silent()).toEqual([]);
    await neverComes('鲁B00002');
    expect(silent()).toEqual(['loop-silent']);
    expect(opened()).toBe(0);
    rig.restart();
    expect(silent()).toEqual(['loop-silent']);
    press(true);
    expect(silent()).toEqual([]);
  });

  it('refused cars that turn away say nothing of it', async () => {
    start(true);
    press(false);
    await rig.clock.advance(2 * SECOND);
    for (const plate of ['鲁B00001', '鲁B00002', '鲁B00003']) await neverComes(plate);
    expect(silent()).toEqual([]);
  });
});

it('the platform opens for no car that is not on the loop yet, and hears why', () => {
  start(true);
  press(false);
  rig.car(lane, B);
  expect(() => rig.lanes.opens(lane.id, B, '远程', { kind: 'platform', name: 'vanke' })).toThrow('车还没有压到地感');
  expect(opened()).toBe(0);
  expect(rig.events('vehicle-entered')).toHaveLength(0);
});
