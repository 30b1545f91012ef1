import type { ConfigurationChange, ConfigurationSource } from '../../../shared/domain/configuration.ts';
import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Store, Tx } from '../store/store.ts';
import { digestOf, type StoredDocument, textOf } from './document.ts';

export const CONFIGURATION_KEY = 'configuration';
/** The revision to go back to if the station cannot run with the present one; empty once it could. */
export const TRIAL_KEY = 'configuration-trial';

/** Earlier configurations that are kept besides the present one. */
const KEEP = 50;
/** So many differences are told in the journal. */
const TOLD = 100;

/** What is stored now; nothing when nobody ever said what this car park is. */
export function storedText(store: Store): string | undefined {
  const text = store.read.meta.get(CONFIGURATION_KEY);
  return text === undefined || text === '' ? undefined : text;
}

/** Tariffs that lanes may name although the document does not hold them. */
export const knownTariffs = (store: Store): { readonly tariffs: readonly string[] } => ({
  tariffs: store.read.tariffVersions.all().map((version) => version.tariff.id),
});

/** Stores a configuration as the next revision and writes down that it counts from here on. */
export function putRevision(
  tx: Tx,
  document: StoredDocument,
  made: {
    readonly source: ConfigurationSource;
    readonly by: string;
    readonly actor?: Actor;
    readonly changes: readonly ConfigurationChange[];
  },
): number {
  const text = textOf(document);
  const sha256 = digestOf(text);
  const revision = tx.configurations.lastRevision() + 1;
  const { at } = tx.record({
    ...{ key: null, laneId: null, passageId: null, actor: made.actor ?? STATION },
    kind: 'config-applied',
    body: {
      ...{ source: made.source, sha256, revision },
      changes: made.changes.slice(0, TOLD),
      changeCount: made.changes.length,
    },
  });
  tx.meta.put(CONFIGURATION_KEY, text);
  tx.configurations.put({ ...made, revision, at, sha256, document: text }, KEEP);
  return revision;
}
