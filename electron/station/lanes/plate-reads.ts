import type { Lane } from '../../../shared/domain/site.ts';
import type { PlateRead } from '../devices/device.ts';
import type { Ids } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store, Tx } from '../store/store.ts';
import type { LaneFloor } from './floor.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { LatePictures } from './late-pictures.ts';
import type { Look } from './look.ts';
import type { Loops } from './loops.ts';
import { knownRead, photoEvent, recordRead } from './read-events.ts';

interface Deps {
  readonly store: Store;
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
    const known = knownRead(this.#deps.store.read.reads, read);
    if (known) this.#again(lane, known.passageId, read);
    else this.#arrived(lane, read);
    return known === undefined;
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
    floor.perform(lane, { type: 'car', arrival: { passageId, at, plate, confidence, photo, direction } }, before);
    floor.advance(lane);
  }
}
