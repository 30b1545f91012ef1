import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { Repositories } from './repositories.ts';

/**
 * What an event means for the tables: the state is what the journal adds up to. Runs in the transaction that appends the
 * event, so neither is ever there without the other. Kinds that only tell a story change no table.
 */
export function applyEvent(event: JournalEvent, to: Repositories): void {
  switch (event.kind) {
    case 'vehicle-entered':
    case 'vehicle-exited':
    case 'stay-closed':
      to.stays.put(event.body.stay);
      break;
    case 'bill-paid':
      to.stays.put(event.body.stay);
      to.payments.insert(event.body, event.actor.name);
      break;
    case 'plate-corrected':
      if (event.body.stay) to.stays.put(event.body.stay);
      break;
    case 'photo-taken':
      to.photos.put({
        id: event.body.photoId,
        uid: event.body.stay?.uid ?? null,
        passage_id: event.passageId,
        purpose: event.body.purpose,
        taken_at_ms: event.body.takenAt,
        name: event.body.name,
        bytes: event.body.bytes,
        sha256: event.body.sha256,
      });
      break;
    case 'list-changed':
      if (event.body.change === 'removed') to.lists.remove(event.body.entry.id);
      else to.lists.put(event.body.entry);
      break;
    default:
      break;
  }
}
