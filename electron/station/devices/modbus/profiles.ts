import { coilQuestion, coilValueQuestion, type Question, registerQuestion } from './messages.ts';

/**
 * How a model of board is told to close a relay for a while. `flash`: a value at a coil's address of its own · `register`: a value in
 * a register · `write`: not at all, we switch it on and off again.
 */
export interface BoardProfile {
  readonly pulse: {
    readonly by: 'coil' | 'register';
    readonly base: number;
    readonly unitMs: number;
    readonly mostUnits: number;
  } | null;
}

export const profileNames = ['flash', 'register', 'write'] as const;
type ProfileName = (typeof profileNames)[number];

export const PROFILES: Readonly<Record<ProfileName, BoardProfile>> = {
  flash: { pulse: { by: 'coil', base: 0x0200, unitMs: 100, mostUnits: 0x7fff } },
  register: { pulse: { by: 'register', base: 0, unitMs: 100, mostUnits: 0x7fff } },
  write: { pulse: null },
};

/** The command for a pulse of about `ms`; `longer` by so many units. Null where the board makes none. */
export function pulseQuestion({ pulse }: BoardProfile, coil: number, ms: number, longer: number): Question | null {
  if (!pulse) return null;
  const value = Math.min(pulse.mostUnits, Math.max(1, Math.round(ms / pulse.unitMs)) + longer);
  return pulse.by === 'coil' ? coilValueQuestion(pulse.base + coil, value) : registerQuestion(pulse.base + coil, value);
}

/** 继电器时间 FF. */
const FOREVER = 0xff;

/** How an arm is held up: its coil kept on, or by a time that some boards take for "until told otherwise". */
export type HoldBy = 'coil' | 'time-ff';

export const holdQuestion = (profile: BoardProfile, coil: number, by: HoldBy): Question =>
  (by === 'time-ff' ? pulseQuestion(profile, coil, 0, FOREVER - 1) : null) ?? coilQuestion(coil, true);

/** Switches a relay off, whatever switched it on. */
export const offQuestion = ({ pulse }: BoardProfile, coil: number, by: HoldBy): Question =>
  by === 'time-ff' && pulse?.by === 'register' ? registerQuestion(pulse.base + coil, 0) : coilQuestion(coil, false);
