import type { Desk, Logged } from './desk.ts';
import { Calls } from './down/calls.ts';
import type { Call } from './down/judge.ts';
import type { DownName } from './down/tables.ts';
import { unanswered } from './sends.ts';
import { faultyDevices, type Pace, type ParkingRecord } from './state.ts';
import type { AnswerStyle } from './style.ts';
import type { Line } from './tcp/line.ts';
import type { Connection } from './tcp/session.ts';

/** What a test may ask the cloud. */
export abstract class CloudView extends Calls {
  abstract override readonly desk: Desk;
  abstract readonly tcp: Line;

  get connections(): readonly Connection[] {
    return this.tcp.connections;
  }

  get online(): boolean {
    return this.tcp.online;
  }

  get pace(): Pace {
    return this.state.pace;
  }

  get style(): AnswerStyle {
    return this.state.style;
  }

  /** Messages of the car park, in order of arrival. */
  get log(): readonly Logged[] {
    return this.desk.log;
  }

  /** Requests of the cloud to the car park, in order of their ends. */
  get calls(): readonly Call[] {
    return this.downlink.calls;
  }

  received(name: string): readonly Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  called(name: DownName): readonly Call[] {
    return this.calls.filter((call) => call.interface === name);
  }

  record(recordCode: string): ParkingRecord | undefined {
    return this.state.records.get(recordCode);
  }

  /** What the car park still has to say again, e.g. `parkRecordExit 80010001…`. */
  waiting(): string[] {
    return [...this.state.told.values()]
      .filter((told) => unanswered(told) || told.sends.at(-1)?.success === false)
      .map((told) => `${told.interface} ${told.key}`.trim());
  }

  /** Resolves when the car park is connected and let in. */
  whenOnline(timeoutMs?: number): Promise<boolean> {
    return this.waitFor(() => this.online, 'car park online', timeoutMs);
  }

  /** Video devices that are said to work and were silent for longer than `pace.faultMs`. */
  faulty(): string[] {
    return faultyDevices(this.state);
  }

  /** Everything in short, for the message of a failed test. */
  override summary(): string {
    const up = this.log.map((line) => `${line.interface}=${line.outcome}${line.answer ? `:${line.answer.code}` : ''}`);
    const down = this.calls.map((call) => `${call.interface}→${call.code ?? call.outcome}`);
    const tcp = this.online ? 'online' : `${this.connections.length} connections`;
    return `up: ${up.join(' ') || 'nothing'}; tcp: ${tcp}; down: ${down.join(' ') || 'nothing'}`;
  }
}
