import { expect } from 'vitest';
import type { LaneState } from '../../../electron/station/lanes/state.ts';
import type { LaneInput, StepResult } from '../../../electron/station/lanes/step.ts';
import type { Lane } from '../../../shared/domain/site.ts';

/** Keeps its own books of who stands before which arm, and complains when an arm is opened for a car that left. */
export class GateBooks {
  /** Cars that were on the trigger loop and left it, and when. */
  readonly #left = new Map<string, number>();
  /** Lanes whose loop is pressed. */
  readonly #pressed = new Map<string, boolean>();
  readonly #crossed = new Set<string>();
  readonly #corrected = new Set<string>();
  /** When the safety loop of a lane was last let go. */
  readonly #free = new Map<string, number>();

  look(lane: Lane, input: LaneInput, before: LaneState, result: StepResult, now: number): void {
    const { authority } = lane;
    if ('refused' in result) {
      expect(input.type).not.toBe('gate-lost');
      return;
    }
    if (input.type === 'gate-lost') this.#lost(input, before, result);
    if (!authority) return;
    this.#move(lane, input, before, now);
    const crossings = result.events.filter((event) => event.kind === 'gate-crossed');
    for (const { passageId } of crossings) {
      expect(input).toEqual({ type: 'safety-loop', on: true });
      if (passageId === null) continue;
      expect(this.#crossed.has(passageId)).toBe(false);
      this.#crossed.add(passageId);
    }
    if (input.type === 'safety-loop' && input.on) {
      const known = before.passage && this.#crossed.has(before.passage.id);
      // A trailer that the loop lost for a moment is told once.
      const flickers = now - (this.#free.get(lane.id) ?? Number.NEGATIVE_INFINITY) <= 1000 && crossings.length === 0;
      expect(crossings).toHaveLength((known && before.passage?.crossed) || flickers ? 0 : 1);
    }
    if (input.type === 'safety-loop' && !input.on) this.#free.set(lane.id, now);
    this.#opens(before, result);
    const { state } = result;
    const asked = state.passage?.asked;
    if (state.phase === 'asking') expect(asked?.pending === true && asked.verdict !== null).toBe(false);
    this.#word(lane, input, before, result.state);
  }

  /** What was done and got lost is written down, once; nothing moves because of it, and nobody's money or place is touched. */
  #lost(
    { commandId }: Extract<LaneInput, { type: 'gate-lost' }>,
    before: LaneState,
    { state, events, commands }: Exclude<StepResult, { readonly refused: unknown }>,
  ): void {
    expect(commands).toEqual([]);
    expect({ ...state, lastCommand: null, hold: null }).toEqual({ ...before, lastCommand: null, hold: null });
    expect(events.length).toBeLessThanOrEqual(1);
    for (const { kind, body } of events)
      expect([kind, body]).toEqual(['gate-answered', expect.objectContaining({ commandId, corrects: 'done' })]);
    if (events.length === 0 || state.lastCommand?.id !== commandId) return;
    expect(this.#corrected.has(commandId)).toBe(false);
    this.#corrected.add(commandId);
    expect(state.lastCommand).toMatchObject({ outcome: 'unknown', corrected: true });
  }

  #move(lane: Lane, input: LaneInput, { passage, phase, loop }: LaneState, now: number): void {
    if (input.type === 'safety-loop' && input.on && passage) this.#left.delete(passage.id);
    // Of a loop that is no more nobody knows anything.
    if (input.type === 'restarted' && input.deaf && passage) this.#left.delete(passage.id);
    if (input.type === 'restarted' && input.deaf) this.#pressed.delete(lane.id);
    if (input.type !== 'trigger-loop') return;
    const was = this.#pressed.get(lane.id);
    this.#pressed.set(lane.id, input.on);
    if (!passage || was === input.on) return;
    if (!input.on && (loop === null || passage.onLoop !== null)) this.#left.set(passage.id, now);
    // Whoever comes long after a car that was let through left is the next one.
    const flickered = now - (this.#left.get(passage.id) ?? 0) < 1000;
    if (input.on && (phase !== 'cleared' || flickered)) this.#left.delete(passage.id);
  }

  /** By a platform's word, or its silence, nothing opens for a car that left. People may. */
  #opens({ phase, underArm, passage }: LaneState, result: Exclude<StepResult, { readonly refused: unknown }>): void {
    for (const event of result.events) {
      if (event.kind !== 'gate-commanded' || event.body.action !== 'open' || event.passageId === null) continue;
      const { origin } = event.body;
      if (event.actor.kind === 'user' || origin === 'payment' || phase === 'charging') continue;
      if (underArm && passage?.id === event.passageId) continue;
      expect(this.#left.has(event.passageId)).toBe(false);
    }
  }

  /** The platform's open is carried out, or waits for the car: nothing of ours stands in its way but a fee that cannot be known. */
  #word({ authority }: Lane, input: LaneInput, before: LaneState, { phase, passage }: LaneState): void {
    if (input.type !== 'authority-answered' || input.answer !== 'open' || authority?.rules !== 'platform') return;
    if (before.passage?.id !== input.passageId || !before.passage.asked?.pending) return;
    // Of a car that may have gone while the station was away a person decides.
    if (before.passage.unsure && passage?.attention === 'remote-silent') return;
    if (phase === 'attention') expect(['no-tariff', 'clock-reversed']).toContain(passage?.attention);
    else expect(['cleared', 'charging', 'asking']).toContain(phase);
    if (phase === 'asking') expect(passage?.asked?.verdict).toBe('open');
  }
}
