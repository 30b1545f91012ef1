import { afterEach, describe, expect, it } from 'vitest';
import type { ArmPosition, Barrier } from '../../../electron/station/devices/device.ts';
import { IN1, Rig } from './runtime-rig.ts';

const WHY = '相机没有收到应答';

/** An arm whose orders count as done until somebody learns that they were lost. */
class Arm implements Barrier {
  readonly id = IN1.barrier ?? '';
  readonly kind = 'barrier';
  readonly driver = 'test';
  position: ArmPosition = 'unknown';
  readonly moves: string[] = [];
  readonly #tell: ((why: string) => void)[] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  lastSeenAt(): null {
    return null;
  }
  facts() {
    return { via: IN1.camera };
  }
  arm(): ArmPosition {
    return this.position;
  }
  gate(action: string) {
    this.moves.push(action);
    const lost = new Promise<string>((resolve) => this.#tell.push(resolve));
    return Promise.resolve({ outcome: 'done', detail: '', lost } as const);
  }
  /** The order with this number is lost. */
  lose(order: number): void {
    this.#tell[order]?.(WHY);
  }
}

let rig: Rig;
afterEach(() => rig.dispose());

async function opened(): Promise<Arm> {
  const arm = new Arm();
  rig = new Rig({ iron: (id) => (id === arm.id ? arm : undefined) });
  read();
  await rig.clock.advance(1_000);
  expect(rig.lanes.state(IN1.id).lastCommand?.outcome).toBe('done');
  return arm;
}

const read = (): void =>
  void rig.lanes.plate({
    ...{ deviceId: IN1.camera ?? '', serialNo: 's1', plateId: '7', confidence: 99, trigger: 'video', capturedAt: null },
    plate: { text: '鲁B12345', color: 'blue', kind: 'ordinary' },
    ...{ receivedAt: rig.clock.now(), stored: false, photo: null, again: 'may-open' },
  });

const outcomes = (): string[] =>
  rig.events('gate-answered').map(({ body }) => ('outcome' in body ? String(body.outcome) : 'none'));
const alarms = (): string[] => rig.alarms.list().map(({ code }) => code);

describe('an order that counted as done and turns out to be lost', () => {
  it('becomes unknown where somebody looks, beside what was told before, once, and nothing opens again', async () => {
    const arm = await opened();
    arm.lose(0);
    arm.lose(0);
    await rig.clock.advance(0);
    expect(rig.lanes.state(IN1.id).lastCommand).toMatchObject({ outcome: 'unknown', detail: WHY });
    expect(outcomes().toSorted((a, b) => a.localeCompare(b))).toEqual(['done', 'unknown']);
    expect(rig.events('gate-answered').find(({ body }) => 'corrects' in body)?.body).toMatchObject({
      ...{ outcome: 'unknown', corrects: 'done', detail: WHY },
    });
    expect(alarms()).toEqual(['gate-command-lost']);
    // The camera resends up to four times.
    read();
    read();
    await rig.clock.advance(1_000);
    expect(arm.moves).toEqual(['open']);
  });

  for (const through of [false, true])
    it(`needs no correction when its car was seen ${through ? 'through' : 'under'} the arm`, async () => {
      const arm = await opened();
      rig.lanes.safetyLoop(IN1.id, true);
      if (through) rig.lanes.safetyLoop(IN1.id, false);
      arm.lose(0);
      await rig.clock.advance(0);
      expect([rig.phase(IN1), outcomes(), alarms()]).toEqual([through ? 'idle' : 'cleared', ['done'], []]);
    });

  it('needs none when the arm itself tells that it is up', async () => {
    const arm = await opened();
    arm.position = 'open';
    arm.lose(0);
    await rig.clock.advance(0);
    expect([outcomes(), alarms()]).toEqual([['done'], []]);
  });

  it('is no alarm any more when the arm was told something else since', async () => {
    const arm = await opened();
    rig.lanes.gate(IN1.id, 'open', null, { kind: 'station', name: 's' });
    await rig.clock.advance(1_000);
    arm.lose(0);
    await rig.clock.advance(0);
    expect(rig.lanes.state(IN1.id).lastCommand).toMatchObject({ outcome: 'done' });
    expect(outcomes().toSorted((a, b) => a.localeCompare(b))).toEqual(['done', 'done', 'unknown']);
    expect(alarms()).toEqual([]);
  });
});
