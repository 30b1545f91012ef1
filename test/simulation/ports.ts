import type { Barrier, Camera, CommandOutcome, GateAction } from '../../electron/station/devices/device.ts';
import type { AuthorityAnswer, AuthorityQuestion, GateAuthority } from '../../electron/station/lanes/authority-port.ts';
import type { Log } from '../../electron/station/runtime/ports.ts';
import type { PhotoStore } from '../../electron/station/store/photo-store.ts';
import { PhotoVault, type StoredPhoto } from '../../electron/station/store/photo-vault.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { Timeline } from './timeline.ts';

/** What the devices of a lane do in the world, told by the ports as it happens. */
export interface Iron {
  /** A command reached the driver. Called before anything moves. */
  commanded(barrierId: string, action: GateAction): void;
  /** The arm really does it. */
  moved(barrierId: string, action: GateAction): void;
  /** A platform is asked about the car of a passage. */
  asked(laneId: string, passageId: string): void;
  /** The camera was asked for a picture. */
  pictured(cameraId: string): void;
}

interface PortDeps {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly life: Life;
  readonly iron: Iron;
  /** No more faults: the end of the day is to be reached. */
  readonly calm: () => boolean;
}

/** An answer that comes later, if the program still lives to hear it. */
export function later<T>(
  { timeline, life }: Pick<PortDeps, 'timeline' | 'life'>,
  ms: number,
  make: () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    timeline.after(ms, () => {
      if (life.dead) return;
      try {
        resolve(make());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

/** An arm that mostly does as it is told, mostly says so, and never both or neither for certain. */
export class VirtualArm implements Barrier {
  readonly kind = 'barrier';
  readonly driver = 'simulated';
  readonly id: string;
  readonly #deps: PortDeps;

  constructor(id: string, deps: PortDeps) {
    this.id = id;
    this.#deps = deps;
  }

  gate(action: GateAction): Promise<CommandOutcome> {
    const { life, timeline, chance, iron } = this.#deps;
    if (life.dead) return new Promise(() => undefined);
    iron.commanded(this.id, action);
    const fate = this.#deps.calm() ? 'done' : chance.among({ done: 95, refused: 2, lost: 1, 'answer lost': 2 });
    const ms = chance.int(50, 900);
    if (fate === 'done' || fate === 'answer lost') timeline.after(ms, () => iron.moved(this.id, action));
    if (chance.is(0.5)) life.pass('at-port');
    return later(this.#deps, fate === 'done' ? ms + 20 : 5_000, () =>
      fate === 'done'
        ? { outcome: 'done', detail: '' }
        : { outcome: fate === 'refused' ? 'refused' : 'unknown', detail: fate },
    );
  }

  arm(): 'unknown' {
    return 'unknown';
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  lastSeenAt(): null {
    return null;
  }
}

export class VirtualCamera implements Camera {
  readonly kind = 'camera';
  readonly driver = 'simulated';
  readonly id: string;
  readonly #deps: PortDeps;

  constructor(id: string, deps: PortDeps) {
    this.id = id;
    this.#deps = deps;
  }

  async gate(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: 'moves no arm' };
  }

  async sendSerial(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: 'has no serial port' };
  }

  snapshot(): Promise<CommandOutcome> {
    const { life, timeline, chance, iron } = this.#deps;
    if (life.dead) return new Promise(() => undefined);
    if (this.#deps.calm() || chance.is(0.9)) timeline.after(chance.int(100, 2_000), () => iron.pictured(this.id));
    return later(this.#deps, 30, () => ({ outcome: 'done', detail: '' }));
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  lastSeenAt(): null {
    return null;
  }
}

/** The platform that has the word at some lanes: says yes, says no for a while, or says nothing. */
export class VirtualAuthority implements GateAuthority {
  readonly platform = 'qingdao';
  readonly #deps: PortDeps;

  constructor(deps: PortDeps) {
    this.#deps = deps;
  }

  ask(question: AuthorityQuestion, signal: AbortSignal): Promise<AuthorityAnswer> {
    const { life, chance } = this.#deps;
    if (life.dead || signal.aborted) return new Promise(() => undefined);
    this.#deps.iron.asked(question.laneId, question.passageId);
    if (chance.is(0.3)) life.pass('at-port');
    const answer = this.#deps.calm() ? 'open' : chance.among({ open: 60, refuse: 28, failed: 12 });
    return later(this.#deps, chance.is(0.05) ? chance.int(3_000, 15_000) : chance.int(30, 3_000), () => {
      if (answer === 'failed' && chance.is(0.5)) throw new Error('no route to host');
      return { answer, detail: answer };
    });
  }
}

/** Pictures that are kept nowhere: their files are proved elsewhere, and a disk would make the day depend on the machine. */
export class NoPhotos extends PhotoVault {
  constructor(rows: PhotoStore, log: Log) {
    super('', rows, log);
  }

  override put(id: string, takenAt: number, jpeg: Uint8Array): StoredPhoto {
    return { id, name: `${id}.jpg`, bytes: jpeg.byteLength, sha256: '', takenAt };
  }

  override async read(): Promise<undefined> {}
  override async flush(): Promise<void> {}
}
