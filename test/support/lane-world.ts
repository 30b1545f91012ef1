import { step } from '../../electron/station/lanes/machine.ts';
import { type Arrival, EMPTY_LANE, type LaneState } from '../../electron/station/lanes/state.ts';
import type { LaneInput, Step, StepResult, World } from '../../electron/station/lanes/step.ts';
import { calculateFee } from '../../electron/station/tariff/calculate.ts';
import type { EventDraft } from '../../shared/domain/events.ts';
import type { ListKind } from '../../shared/domain/list.ts';
import type { Plate } from '../../shared/domain/plate.ts';
import type { Lane } from '../../shared/domain/site.ts';
import type { Stay } from '../../shared/domain/stay.ts';
import { type Tariff, tariffSchema } from '../../shared/domain/tariff.ts';

export const plate = (text: string): Plate => ({ text, color: 'blue', kind: text === '' ? 'unread' : 'ordinary' });

export const IN: Lane = { id: 'in1', name: '入口', direction: 'in', number: 1, area: 'a1' };
export const OUT: Lane = { id: 'out1', name: '出口', direction: 'out', number: 2, area: 'a1' };

/** 5 yuan for each begun hour from the first minute: simple enough to be computed by hand in a test. */
export const HOURLY: Tariff = tariffSchema.parse({
  id: 't',
  name: 't',
  rules: [
    { vehicleClasses: ['small', 'medium', 'large'], freeMinutes: 10, followingPeriod: { minutes: 60, feeFen: 500 } },
  ],
});

/** A car park in memory around the pure lane machine: it keeps what the events say, and nothing else. */
export class LaneWorld {
  now = Date.UTC(2026, 2, 2, 0, 0, 0);
  readonly stays = new Map<string, Stay>();
  readonly listed = new Map<string, ListKind>();
  readonly states = new Map<string, LaneState>();
  readonly events: EventDraft[] = [];
  readonly commands: { readonly lane: string; readonly action: string }[] = [];
  #ids = 0;

  state(lane: Lane): LaneState {
    return this.states.get(lane.id) ?? EMPTY_LANE;
  }

  inside(text: string): Stay | null {
    return (
      [...this.stays.values()].find((stay) => text !== '' && stay.status === 'inside' && stay.plate.text === text) ??
      null
    );
  }

  arrival(text: string): Arrival {
    return { passageId: `pass${++this.#ids}`, at: this.now, plate: plate(text), confidence: 99, photo: null };
  }

  /** A car is read at the lane. */
  car(lane: Lane, text: string): Step {
    return this.must(lane, { type: 'car', arrival: this.arrival(text) });
  }

  must(lane: Lane, input: LaneInput): Step {
    const result = this.feed(lane, input);
    if ('refused' in result) throw new Error(`refused: ${result.refused}`);
    return result;
  }

  feed(lane: Lane, input: LaneInput): StepResult {
    const state = this.state(lane);
    const result = step(state, input, this.#world(lane, state, input));
    if ('refused' in result) return result;
    this.states.set(lane.id, result.state);
    for (const event of result.events) {
      this.events.push(event);
      if ('stay' in event.body && event.body.stay && event.kind !== 'photo-taken')
        this.stays.set(event.body.stay.uid, event.body.stay);
    }
    for (const command of result.commands) this.commands.push({ lane: lane.id, action: command.action });
    return result;
  }

  kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  opens(lane: Lane): number {
    return this.commands.filter((command) => command.lane === lane.id && command.action === 'open').length;
  }

  #world(lane: Lane, state: LaneState, input: LaneInput): World {
    const asked =
      input.type === 'car' ? input.arrival.plate : input.type === 'correct-plate' ? input.plate : state.passage?.plate;
    const inside = asked ? this.inside(asked.text) : null;
    const uid = state.passage?.uid;
    const count = [...this.stays.values()].filter((stay) => stay.status === 'inside').length;
    return {
      now: this.now,
      lane,
      samePlateMs: 60_000,
      listed: asked ? (this.listed.get(asked.text) ?? null) : null,
      inside,
      current: uid ? (this.stays.get(uid) ?? null) : null,
      fee: inside
        ? (calculateFee(HOURLY, {
            enteredAt: inside.enteredAt,
            exitedAt: this.now,
            vehicleClass: inside.vehicleClass,
          }) ?? null)
        : null,
      vehicleClass: 'small',
      spaces: { total: 100, open: 90, inside: count, free: Math.max(0, 90 - count) },
      newUid: `uid${++this.#ids}`,
      newId: (prefix) => `${prefix}${++this.#ids}`,
    };
  }
}
