import type { Lane } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { PlateRead } from '../devices/device.ts';
import type { Ids, Log } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store, Tx } from '../store/store.ts';
import type { LaneFloor } from './floor.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { LatePictures } from './late-pictures.ts';
import type { Look } from './look.ts';
import type { Loops } from './loops.ts';
import { photoEvent, recognise, recordRead } from './read-events.ts';
import type { PhotoRef } from './state.ts';

/** A camera whose counter began again is spoken of once in this time. */
const SPOKEN_MS = 10 * 60_000;

interface Deps {
  readonly store: Store;
  readonly log: Log;
  readonly photos: PhotoVault;
  readonly ids: Ids;
  readonly gates: GateKeeper;
  readonly look: Look;
  readonly floor: LaneFloor;
  readonly loops: Loops;
}

/** What cameras read, on its way to the lanes: a car that came, or the same one told of again. */
export class PlateReads {
  readonly #deps: Deps;
  readonly #latePictures: LatePictures;
  /** When a camera was last spoken of, by its serial number. */
  readonly #spoken = new Map<string, EpochMs>();

  constructor(deps: Deps) {
    const { store, photos, ids, floor } = deps;
    this.#deps = deps;
    this.#latePictures = new LatePictures({
      ...{ store, photos, ids, state: (id) => floor.state(id) },
      perform: (lane, input) => floor.perform(lane, input),
    });
  }

  /** @returns false for a read that was known */
  take(lane: Lane, read: PlateRead): boolean {
    const recognised = recognise(this.#deps.store.read, read);
    if (recognised.is === 'reused') this.#beganAgain(read);
    if (recognised.is === 'again') this.#again(lane, recognised.passageId, read);
    else this.#arrived(lane, read);
    return recognised.is !== 'again';
  }

  #beganAgain({ deviceId, serialNo, plateId, receivedAt }: PlateRead): void {
    const before = this.#spoken.get(serialNo);
    if (before !== undefined && Math.abs(receivedAt - before) < SPOKEN_MS) return;
    this.#spoken.set(serialNo, receivedAt);
    this.#deps.log.warn('the counter of a camera began again: its number is that of another car', {
      ...{ device: deviceId, plateId },
    });
  }

  #again(lane: Lane, passageId: string | null, read: PlateRead): void {
    const { floor, gates, loops } = this.#deps;
    const turned = read.motion === 'turned-back';
    if (passageId === null) return;
    // The same plate may stand here as another passage by now.
    if (turned && !read.stored && floor.state(lane.id).passage?.id === passageId) loops.seenTurning(lane, read.plate);
    if (read.again === 'may-open' && !turned && !read.stored)
      floor.perform(lane, { type: 'asked-again', passageId, elsewhere: !gates.hangsOn(lane, read.deviceId) });
    if (read.photo) this.#latePictures.came(lane, passageId, read);
  }

  #arrived(lane: Lane, read: PlateRead): void {
    const { store, photos, ids, look, floor, loops } = this.#deps;
    const { plate, confidence, receivedAt: at } = read;
    const turned = read.motion === 'turned-back' && !read.stored;
    const passageId = ids.next('pass');
    const direction = look.direction(lane, floor.state(lane.id), plate, read.deviceId);
    const photo = read.photo && photos.put(ids.next('photo'), at, read.photo);
    const before = (tx: Tx): void => recordRead(tx, read, lane, passageId, direction);
    if (read.stored || turned) {
      store.write((tx) => {
        before(tx);
        if (photo) tx.record(photoEvent(photo, { lane, passageId, purpose: 'stored', stay: null }));
      });
      if (turned) loops.seenTurning(lane, plate);
      return;
    }
    const arrival = { passageId, at, plate, confidence, photo, direction };
    floor.perform(lane, { type: 'car', arrival, turned: loops.turned(lane) }, before);
    const isOver = floor.state(lane.id).passage === null;
    floor.advance(lane);
    if (photo && isOver) this.#justPassed(lane, read, photo);
  }

  /** The car that had just gone through was read once more: its picture is evidence, where there is none. */
  #justPassed(lane: Lane, read: PlateRead, photo: PhotoRef): void {
    const passageId = this.#deps.look.justPassed(lane, read.plate);
    if (passageId !== null) this.#latePictures.came(lane, passageId, read, photo);
  }
}
