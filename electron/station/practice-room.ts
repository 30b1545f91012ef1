import { Worker } from 'node:worker_threads';
import type { Area, Site } from '../../shared/domain/site.ts';
import type { Accounts } from './api/accounts.ts';
import type { PracticeLine, PracticePort } from './api/practice-port.ts';
import type { Device } from './devices/device.ts';
import { drawScene, paintOf } from './devices/virtual/scene.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { Pricing } from './payments/pricing.ts';
import { TRAINER } from './practice/floor.ts';
import { PracticeHost } from './practice/host.ts';
import type { PracticePlatform } from './practice/platform.ts';
import type { Seat } from './practice/protocol.ts';
import { Trainer } from './practice/trainer.ts';
import { registerEntry } from './registry/entries.ts';
import type { Registry } from './registry/registry.ts';
import type { Clock, Entropy, Ids, Log } from './runtime/ports.ts';
import { workerUrl } from './runtime/worker-url.ts';
import type { PhotoVault } from './store/photo-vault.ts';
import type { Store } from './store/store.ts';

/** What makes a station the one for practice. */
export interface PracticeSeat {
  readonly trainee: string;
  /** Of the moment; nobody ever types it. */
  readonly password: string;
  /** Told how many lessons there were. */
  readonly counted: (lessons: number) => void;
  readonly platform: PracticePlatform;
}

/** Practice mode of a station: the door to another station's thread, or, in that thread, the trainer. */
export interface PracticeRoom {
  readonly port: PracticePort;
  readonly connect: (line: PracticeLine) => void;
  /** Signs the trainee in at the practice station; null in a real one. */
  readonly token: () => Promise<string | null>;
  readonly close: () => void | Promise<void>;
}

/** Twice of what a day of lessons was seen to need: practising must not take the lanes' memory. */
const HEAP_MB = 192;

const startThread = (seat: Seat): Worker =>
  new Worker(workerUrl('practice-worker', import.meta.url), {
    workerData: seat,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });

export interface PracticeRoomDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly version: string;
  readonly dataDirectory: string;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly lanes: LaneRuntime;
  readonly pricing: Pricing;
  readonly registry: Registry;
  readonly accounts: Accounts;
  readonly photos: PhotoVault;
  readonly find: (id: string) => Device | undefined;
}

export function openPracticeRoom(seat: PracticeSeat | undefined, deps: PracticeRoomDeps): PracticeRoom {
  if (seat) return trainingRoom(seat, deps);
  const host = new PracticeHost({ ...deps, startThread });
  return { port: host, connect: (line) => host.connect(line), token: async () => null, close: () => host.close() };
}

function trainingRoom(seat: PracticeSeat, deps: PracticeRoomDeps): PracticeRoom {
  const trainer = new Trainer({
    ...deps,
    counted: seat.counted,
    platform: seat.platform,
    enter: (plate, laneId, enteredAt, proof) => {
      const car = { plate, vehicleClass: undefined, laneId, enteredAt, proof };
      const stay = registerEntry(deps, { ...car, actor: TRAINER });
      // Compared with the car at the exit, as a picture of the entry camera would be.
      const jpeg = drawScene({ plate, paint: paintOf(plate) });
      const { id: photoId, ...photo } = deps.photos.put(deps.ids.next('photo'), enteredAt, jpeg);
      deps.store.write((tx) =>
        tx.record({
          kind: 'photo-taken',
          ...{ key: stay.uid, laneId, passageId: null, actor: TRAINER },
          body: { photoId, purpose: 'entry', stay, ...photo },
        }),
      );
      return stay;
    },
  });
  return {
    port: trainer,
    connect: (line) => line.close(),
    token: async () => (await deps.accounts.signIn(seat.trainee, seat.password))?.token ?? null,
    close: () => trainer.close(),
  };
}
