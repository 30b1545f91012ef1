import type { OutboundMessage, OutboxDraft, PlatformDeps } from '../../../../electron/station/platforms/platform.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { createKeys, startQingdaoPlatform } from '../../../peers/qingdao/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { tempStore } from '../../../support/temp-store.ts';
import { deps, settings } from './support.ts';

/** One pair for all: making keys costs more than a test. */
const keys = createKeys();
const signal = new AbortController().signal;

/** A city that keeps books, and our platform that speaks to it over HTTP, with a store of its own. */
export async function cityOfRecord(changes: Readonly<Record<string, unknown>> = {}, given: Partial<PlatformDeps> = {}) {
  const city = await startQingdaoPlatform({ keys, accessId: '234', parkingCode: '1001' });
  const { store, dispose } = tempStore(new FakeClock());
  // Only what is stored is looked at here.
  const station = (() => ({ read: store.read })) as unknown as PlatformDeps['station'];
  const platform = qingdao.create(
    settings({
      ...{ baseUrl: city.baseUrl, platformPublicKey: keys.platformPublicKey, userPrivateKey: keys.userPrivateKey },
      ...changes,
    }),
    deps({ station, ...given }),
  );
  const send = (draft: OutboxDraft, change: Partial<OutboundMessage> = {}) =>
    platform.send({ message: draft.message, body: draft.body, attempt: 1, maybeDelivered: false, ...change }, signal);
  const check = (day: string, drafts: Iterable<OutboxDraft>) => {
    const dayCheck = platform.checkDay?.(day);
    if (!dayCheck) throw new Error('no check of days');
    for (const draft of drafts) dayCheck.add(draft);
    return dayCheck.ask(signal);
  };
  return {
    ...{ city, platform, store, send, check },
    drafts: (events: readonly JournalEvent[]) => events.flatMap((event) => platform.project(event)),
    close: async () => {
      await platform.stop();
      await city.close();
      dispose();
    },
  };
}
