import type { EventDraft, JournalEvent } from '../../../shared/domain/events.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import type { PlateRead } from '../devices/device.ts';
import { readRow } from '../journal/rows.ts';
import type { Ids } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store } from '../store/store.ts';
import { stayOfPassage } from './pictures.ts';
import { photoEvent } from './read-events.ts';
import type { LaneState, PhotoRef } from './state.ts';
import type { LaneInput } from './step.ts';

interface Deps {
  readonly store: Store;
  readonly photos: PhotoVault;
  readonly ids: Ids;
  readonly state: (laneId: string) => LaneState;
  readonly perform: (lane: Lane, input: LaneInput) => void;
}

/**
 * Pictures that come behind the read that they belong to, so that no arm waits for one. Each is written down in one transaction, as evidence of
 * its passage; a passage that has a picture keeps it.
 */
export class LatePictures {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The car of this passage was told of again, now with its picture. `kept`: that picture, where it is kept already. */
  came(lane: Lane, passageId: string, read: PlateRead, kept: PhotoRef | null = null): void {
    const { store, state, perform } = this.#deps;
    const here = whoIs(state(lane.id), passageId);
    if (here) {
      const photo = here.photo ? null : (kept ?? this.#keep(read));
      if (photo) perform(lane, { type: 'picture-came', passageId, photo });
      return;
    }
    const known = eventsOf(store, passageId);
    const photo = wantsPicture(known) ? (kept ?? this.#keep(read)) : null;
    if (photo) store.write((tx) => tx.record(this.#evidence(known, photo, lane, passageId)));
  }

  #keep({ photo, receivedAt }: PlateRead): PhotoRef | null {
    const { photos, ids } = this.#deps;
    return photo && photos.put(ids.next('photo'), receivedAt, photo);
  }

  /** Of a passage that is over, or of a car that a camera told of long after it had come. */
  #evidence(known: readonly JournalEvent[], photo: PhotoRef, lane: Lane, passageId: string): EventDraft {
    const about = { lane, passageId };
    const read = known.find((event) => event.kind === 'plate-read');
    if (read?.body.stored) return photoEvent(photo, { ...about, purpose: 'stored', stay: null });
    const uid = known.findLast((event) => event.kind === 'vehicle-entered' || event.kind === 'vehicle-exited')?.key;
    const stay = uid ? this.#deps.store.read.stays.get(uid) : undefined;
    const purpose = read?.body.direction === 'out' ? 'exit' : 'entry';
    return photoEvent(photo, { ...about, purpose, stay: stayOfPassage(stay ?? null, passageId) });
  }
}

function whoIs({ passage, waiting }: LaneState, passageId: string): { readonly photo: PhotoRef | null } | undefined {
  if (passage?.id === passageId) return passage;
  const again = passage?.again?.passageId === passageId ? passage.again : undefined;
  return again ?? waiting.find((arrival) => arrival.passageId === passageId);
}

const eventsOf = (store: Store, passageId: string): readonly JournalEvent[] =>
  store.read.journal.storedOfPassage(passageId).flatMap((row) => {
    const reading = readRow(row);
    return 'event' in reading ? [reading.event] : [];
  });

/** It has no picture; and it was a passage, or a read that was kept for people, not the same car read once more. */
function wantsPicture(known: readonly JournalEvent[]): boolean {
  if (known.some(({ kind }) => kind === 'photo-taken')) return false;
  return known.some((event) => event.kind !== 'plate-read' || event.body.stored);
}
