import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { ArmPosition, DeviceDeps, DeviceFacts, InputBoard, UnderArm } from '../device.ts';
import { Board } from './board.ts';
import type { InputBoardSettings } from './settings.ts';
import type { Manner } from './talk.ts';

/** Loops and limit switches on the inputs of a Modbus board, of an arm that another device moves. Its relays are left alone. */
export class ModbusInputBoard implements InputBoard {
  readonly id: string;
  readonly kind = 'io';
  readonly driver: string;
  readonly #board: Board;

  constructor(id: string, driver: string, settings: InputBoardSettings, manner: Manner, deps: DeviceDeps) {
    this.id = id;
    this.driver = driver;
    this.#board = new Board(id, settings, manner, deps);
  }

  /** @throws ConfigError when the port is open with other parameters */
  async start(): Promise<void> {
    this.#board.start();
  }

  async stop(): Promise<void> {
    this.#board.stop();
    this.#board.close();
  }

  lastSeenAt(): EpochMs | null {
    return this.#board.answeredAt;
  }

  facts(): DeviceFacts {
    return this.#board.facts();
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    return this.#board.selfTest(false);
  }

  get hasSafetyLoop(): boolean {
    return this.#board.hasSafetyLoop;
  }

  lookUnder(): Promise<UnderArm> {
    return this.#board.lookUnder();
  }

  arm(): ArmPosition {
    return this.#board.arm;
  }
}
