import type { Lesson, PracticeState, Scenario } from '../../../shared/contract/practice.ts';
import type { Principal } from './context.ts';

/**
 * What the API asks of practice mode. The real station starts and ends a practice station and has no lessons; a practice station
 * has lessons and starts no other. What one cannot do it refuses with `ConflictError`.
 */
export interface PracticePort {
  state(): PracticeState;
  start(who: Principal): Promise<{ readonly token: string; readonly since: string }>;
  stop(who: Principal): Promise<PracticeState>;
  send(scenario: Scenario): Lesson;
  lessons(): Lesson[];
}

/** One window's connection to the practice station: messages as they come, and an end. */
export interface PracticeLine {
  send(data: string | Uint8Array | ArrayBuffer): void;
  onMessage(listener: (data: string | Uint8Array | ArrayBuffer) => void): void;
  /** Told once, whoever closed it. */
  onClose(listener: () => void): void;
  close(): void;
}
