import { jpegOfSize } from '../peers/jpeg.ts';
import type { Cloud, Crossing, Recognition } from '../peers/vanke/index.ts';
import type { Pulse, VzenithCamera } from '../peers/vzenith/index.ts';
import { until } from './until.ts';
import { readerOf } from './vanke-site.ts';

const TRIGGER = 0;
const SAFETY = 1;
/** What a camera writes of a car whose plate it cannot read. */
export const UNREAD = '_无_';
const image = jpegOfSize(4_000);
/** It is dead for a while when a test kills it. */
const STATION_AWAY_MS = 20_000;
/** From the cloud's word to the arm, on a machine that has other things to do as well. */
export const PROMPT_MS = 1_000;

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A lane as it is built: a camera that reads and pulls the arm, a loop before the arm, and one beneath it. */
export class Gate {
  readonly laneId: string;
  readonly deviceNo: string;
  readonly camera: VzenithCamera;
  readonly cloud: Cloud;

  constructor(laneId: string, camera: VzenithCamera, cloud: Cloud) {
    this.laneId = laneId;
    this.deviceNo = readerOf(laneId);
    this.camera = camera;
    this.cloud = cloud;
  }

  trigger(on: boolean): Promise<void> {
    return this.#contact(TRIGGER, on);
  }

  safety(on: boolean): Promise<void> {
    this.camera.arm.occupied = on;
    return this.#contact(SAFETY, on);
  }

  /** A camera tells a contact once; nobody moves here while the station is dead. */
  async #contact(source: number, on: boolean): Promise<void> {
    const heard = async () => (await this.camera.gio(source, on ? 1 : 0)).status === 200;
    await until(`input ${source} of ${this.laneId} is heard`, heard, STATION_AWAY_MS);
  }

  /** A car comes onto the loop and is read. `loop: false`: it is read further ahead, and not on the loop yet. */
  async comes(plate: string, { loop = true }: { readonly loop?: boolean } = {}): Promise<Car> {
    const car = new Car(this, plate);
    if (loop) await this.trigger(true);
    await car.read();
    return car;
  }
}

/** One car at a gate, and what cloud and arm saw of it. */
export class Car {
  readonly gate: Gate;
  readonly plate: string;
  /** When it came, epoch ms. */
  readonly at = Date.now();
  /** When it drove off, epoch ms. */
  leftAt = Number.POSITIVE_INFINITY;
  /** How often the camera saw it. */
  reads = 0;
  readonly #pulsesBefore: number;
  readonly #knownBefore: ReadonlySet<string>;

  constructor(gate: Gate, plate: string) {
    this.gate = gate;
    this.plate = plate;
    this.#pulsesBefore = gate.camera.arm.openings.length;
    this.#knownBefore = new Set(gate.cloud.state.recognitions.keys());
  }

  /** The camera sees it, at first or once more. */
  async read(): Promise<void> {
    const options = { image, ...(this.plate === UNREAD ? { type: 0, colorType: 0 } : {}) };
    // What only went into the camera's store while the station was dead opens nothing later: the car is read once more.
    const heard = async (): Promise<boolean> => {
      this.reads += 1;
      return (await this.gate.camera.push(this.plate, options)).outcome === 'answered';
    };
    await until(`${this.plate} is read`, heard, STATION_AWAY_MS);
  }

  /** What the cloud was asked about it since it came; a car that is read anew after a crash may be asked about anew. */
  get recognitions(): readonly Recognition[] {
    return [...this.gate.cloud.state.recognitions.values()].filter(
      ({ uuid, deviceNo, plateNumber }) =>
        deviceNo === this.gate.deviceNo && plateNumber === this.told && !this.#knownBefore.has(uuid),
    );
  }

  /** Its plate as the cloud is told. */
  get told(): string {
    return this.plate === UNREAD ? '' : this.plate;
  }

  /** Undefined before the first question. */
  get asked(): Recognition | undefined {
    return this.recognitions[0];
  }

  get recognition(): Recognition {
    const { asked } = this;
    if (!asked) throw new Error(`nobody asked about ${this.plate}`);
    return asked;
  }

  get crossing(): Crossing | undefined {
    const { crossings } = this.gate.cloud.state;
    return this.recognitions.map(({ uuid }) => crossings.get(uuid)).find((each) => each !== undefined);
  }

  /** How often the arm was told to open since it came, and when. */
  get openings(): readonly Pulse[] {
    return this.gate.camera.arm.openings.slice(this.#pulsesBefore);
  }

  /** Resolves with the first opening. */
  opened(timeoutMs?: number): Promise<Pulse> {
    return this.gate.camera.waitFor(() => this.openings[0], `opening for ${this.plate}`, timeoutMs);
  }

  /** Resolves once the cloud saw so many questions and answered them, or somebody hung up. */
  async askedTimes(count: number, timeoutMs = 10_000): Promise<Recognition> {
    const enough = () => {
      const sends = this.asked?.sends ?? [];
      return sends.length >= count && sends.slice(0, count).every(({ result }) => result !== 'pending');
    };
    await this.gate.cloud.waitFor(enough, `${count} questions about ${this.plate}`, timeoutMs);
    return this.recognition;
  }

  /** It drives beneath the arm and away. */
  async crosses(): Promise<void> {
    await this.gate.safety(true);
    await this.gate.trigger(false);
    await this.gate.safety(false);
    this.leftAt = Date.now();
    this.gate.camera.arm.carPasses();
  }

  /** Resolves once the cloud took in that it crossed. */
  crossingTold(timeoutMs = 5_000): Promise<Crossing> {
    const told = () => (this.crossing?.sends.some(({ result }) => result === 'heard') ? this.crossing : undefined);
    return this.gate.cloud.waitFor(told, `crossing of ${this.plate}`, timeoutMs);
  }

  /** It turns round before the arm. */
  async turnsAway(): Promise<void> {
    await this.gate.trigger(false);
    this.leftAt = Date.now();
  }
}
