import type { EventView } from '../../../shared/contract/journal.ts';
import { plate } from './build.ts';
import { busyEvents, storedStay } from './events.ts';

/** The afternoon of {@link busyEvents} with a picture of every passage, and the money of the one that paid. */
export function passedEvents(): readonly EventView[] {
  return busyEvents().flatMap((event) => {
    if (event.kind !== 'vehicle-entered' && event.kind !== 'vehicle-exited') return [event];
    const passageId = `passed-${event.seq}`;
    const photoId = event.kind === 'vehicle-entered' ? 'entry' : 'exit';
    const photo: EventView = {
      ...{ ...event, kind: 'photo-taken', seq: 100 + event.seq, passageId },
      body: { photoId, purpose: photoId, stay: null, takenAt: 0, name: '', bytes: 1, sha256: '' },
    };
    const paid: EventView = {
      ...{ ...event, kind: 'bill-paid', seq: 200 + event.seq, passageId },
      body: {
        ...{ billId: 'b-old', stay: storedStay(plate('鲁B7K218'), 1500), lane: null, chargeFen: 1500, dueFen: 1500 },
        ...{ paidFen: 1500, method: 'wechat', scene: 'gate', via: null, billedAt: 0, paidAt: 0, steps: [] },
      },
    };
    return [{ ...event, passageId }, photo, ...(event.body['how'] === 'paid' ? [paid] : [])];
  });
}
