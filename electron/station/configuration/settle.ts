import { STATION } from '../../../shared/domain/events.ts';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { DEMO_USER } from '../api/accounts.ts';
import { demoProvision } from '../demo/provision.ts';
import { sharingFaults } from '../device-sharing.ts';
import { type Provision, parseProvision } from '../provision.ts';
import { ConfigError } from '../runtime/errors.ts';
import { RULES_KEY } from '../store/apply.ts';
import type { Store, Tx } from '../store/store.ts';
import { differences } from './diff.ts';
import { digestOf, storedOf, textOf } from './document.ts';
import { parseAccepted } from './earlier.ts';
import { CONFIGURATION_KEY, knownTariffs, putRevision, storedText, TRIAL_KEY } from './revisions.ts';

const DEMO = 'demo';
/** Digest of the provision file that was taken last: the same file again says nothing new. */
const FILE_KEY = 'provision-sha256';
/** That file, as it was understood: a version that knows more settings reads the same file as another document. */
const FILE_TEXT_KEY = 'provision-document';

/** More than are ever kept. */
const KEPT_REVISIONS = 100;

/** A station that was told nothing yet: it runs, and its UI asks for a first user. */
const BLANK = { site: { code: '0', name: '未配置的停车场', totalSpaces: 0, openSpaces: 0 } };

export interface Configuration {
  readonly provision: Provision;
  readonly demo: boolean;
  /** Whether anybody ever said what this car park is. */
  readonly configured: boolean;
}

/**
 * The configuration to run with: the document given, unless it was taken before and others came since; else the one stored; else the
 * demo car park where that was asked for and nothing was ever stored. What is given is stored, without its passwords for users.
 *
 * @throws ConfigError
 */
export function settleConfiguration(store: Store, given: unknown, demoWanted: boolean): Configuration {
  if (given !== undefined) return take(store, given);
  const stored = storedText(store);
  if (stored !== undefined) return standing(store, stored);
  if (demoWanted) return keep(store, parseProvision(demoProvision), 'demo');
  return { provision: parseProvision(BLANK), demo: false, configured: false };
}

function standing(store: Store, text: string): Configuration {
  const demo = store.read.meta.get(DEMO) === 'yes';
  const provision = parseAccepted(JSON.parse(text), knownTariffs(store));
  // One from before there were revisions is the first.
  if (store.read.configurations.lastRevision() === 0)
    store.write((tx) =>
      putRevision(tx, storedOf(provision), { source: demo ? 'demo' : 'provision-file', by: STATION.name, changes: [] }),
    );
  return { provision, demo, configured: true };
}

function take(store: Store, given: unknown): Configuration {
  const provision = parseAccepted(given, knownTariffs(store));
  const stored = storedText(store);
  const sha256 = digestOf(textOf(storedOf(provision)));
  const seen = store.read.meta.get(FILE_KEY) ?? (stored === undefined ? undefined : digestOf(stored));
  if (stored === undefined || (seen !== sha256 && takenBefore(store) !== sha256)) {
    const shared = sharingFaults(provision);
    if (shared.length > 0) throw new ConfigError(shared);
    return keep(store, provision, 'provision-file');
  }
  const now = standing(store, stored);
  return { ...now, provision: { ...now.provision, users: provision.users } };
}

/** The digest of the file that was taken last, as today's version reads it: what was set on the screens since counts on. */
function takenBefore(store: Store): string | undefined {
  const text =
    store.read.meta.get(FILE_TEXT_KEY) ??
    store.read.configurations.newest(KEPT_REVISIONS).find(({ source }) => source === 'provision-file')?.document;
  if (text === undefined) return undefined;
  try {
    return digestOf(textOf(storedOf(parseAccepted(JSON.parse(text), knownTariffs(store)))));
  } catch {
    // It cannot be read any more: then the file is another one than that.
    return undefined;
  }
}

function keep(store: Store, provision: Provision, source: 'provision-file' | 'demo'): Configuration {
  const demo = source === 'demo';
  const document = storedOf(provision);
  const stored = storedText(store);
  const before = stored === undefined ? undefined : storedOf(parseAccepted(JSON.parse(stored), knownTariffs(store)));
  store.write((tx) => {
    if (!demo) leaveDemo(tx);
    tx.meta.put(DEMO, demo ? 'yes' : 'no');
    if (!demo) {
      tx.meta.put(FILE_KEY, digestOf(textOf(document)));
      tx.meta.put(FILE_TEXT_KEY, textOf(document));
    }
    // Rules set by hand were set against the document before: the new one says what counts from here on.
    const set = tx.meta.get(RULES_KEY);
    if (set !== undefined)
      tx.record({
        ...{ key: null, laneId: null, passageId: null, actor: STATION },
        kind: 'rules-changed',
        body: { rules: provision.site.rules, before: passageRulesSchema.parse(JSON.parse(set)) },
      });
    const changes = before ? differences(before, document) : [];
    putRevision(tx, document, { source, by: STATION.name, changes });
  });
  return { provision, demo, configured: true };
}

/**
 * The car park is the demo's no more. Nobody knows the demo user's password: left behind, it would keep the first real user from
 * being made.
 */
export function leaveDemo(tx: Tx): void {
  if (tx.meta.get(DEMO) === 'yes') tx.users.remove(DEMO_USER);
  tx.meta.put(DEMO, 'no');
}

/** The station runs with its configuration: there is nothing to go back from any more. */
export function proveConfiguration(store: Store): void {
  if ((store.read.meta.get(TRIAL_KEY) ?? '') !== '') store.write((tx) => tx.meta.put(TRIAL_KEY, ''));
}

/**
 * The station could not run with a configuration that was applied while it ran: the one before counts again.
 *
 * @returns whether there was one to go back to.
 */
export function fallBack(store: Store): boolean {
  const trial = store.read.meta.get(TRIAL_KEY) ?? '';
  if (trial === '') return false;
  const before = store.read.configurations.get(Number(trial));
  store.write((tx) => {
    tx.meta.put(TRIAL_KEY, '');
    if (!before) tx.meta.put(CONFIGURATION_KEY, '');
    else {
      const document = storedOf(parseAccepted(JSON.parse(before.document), knownTariffs(store)));
      putRevision(tx, document, { source: 'fallback', by: STATION.name, changes: [] });
    }
  });
  return true;
}
