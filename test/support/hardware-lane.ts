import type { Lane } from '../peers/lane/index.ts';
import type { OlmBoard } from '../peers/olm/index.ts';

/** Where devices find the station and the broker. */
export interface Surroundings {
  readonly stationPort: number;
  readonly brokerUrl: string;
}

/** A lane of iron with the simulators of one family of devices on it, and what a test can do to it. What is absent it cannot. */
export interface HardwareLane {
  readonly id: string;
  readonly way: 'in' | 'out';
  readonly iron: Lane;
  /** The device that tells of its loops; absent: nobody does. */
  readonly loopsOn?: string;
  /** Its devices and its names for them, as in the provision file. */
  readonly devices: readonly object[];
  readonly names: Readonly<Record<string, string>>;
  /** The display that its drivers look at. */
  readonly led?: OlmBoard;
  /** It has a connection of its own, which its power takes with it. */
  readonly ledAlone?: true;
  /** The camera reads the car that stands there. Resolves when it has told. */
  see(plate: string): Promise<unknown>;
  /** It tells its last read once more, the same. */
  again(): Promise<unknown>;
  /** Its orders travel in the replies to its reads: a read that it tells again before its car has driven says that the reply did not arrive. */
  readonly ordersInReplies?: true;
  /** A read of the time without network is told now. */
  history?(plate: string): Promise<unknown>;
  /** The next opening is carried out, and its answer lost. */
  loseAnswer?(): void;
  /** What devices say is torn, merged and late, or whole again. */
  tear?(torn: boolean): void;
  /** A cable is out for a moment. Resolves when the device was found again, as it sees it itself. */
  unplugged?(): Promise<unknown>;
  /** What its simulators objected to. */
  complaints(): readonly string[];
  stop(): Promise<unknown>;
}
