import { createHash } from 'node:crypto';
import { STATION } from '../../shared/domain/events.ts';
import { passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import { DEMO_USER } from './api/accounts.ts';
import { demoProvision } from './demo/provision.ts';
import { type Provision, parseProvision } from './provision.ts';
import { RULES_KEY } from './store/apply.ts';
import type { Store } from './store/store.ts';

const KEY = 'configuration';
const DEMO = 'demo';

const STATIONS_OWN = { key: null, laneId: null, passageId: null, actor: STATION } as const;

/** A station that was told nothing yet: it runs, and its UI asks for a first user. */
const BLANK = { site: { code: '0', name: '未配置的停车场', totalSpaces: 0, openSpaces: 0 } };

export interface Configuration {
  readonly provision: Provision;
  readonly demo: boolean;
}

/**
 * The configuration to run with: the document given, else the one stored by an earlier start, else the demo car park where
 * that was asked for and nothing was ever stored. What is given is stored, without its passwords for users.
 *
 * @throws ConfigError
 */
export function settleConfiguration(store: Store, given: unknown, demoWanted: boolean): Configuration {
  const stored = store.read.meta.get(KEY);
  if (given !== undefined) return keep(store, given, 'provision-file', false);
  if (stored !== undefined)
    return { provision: parseProvision(JSON.parse(stored)), demo: store.read.meta.get(DEMO) === 'yes' };
  if (demoWanted) return keep(store, demoProvision, 'demo', true);
  return { provision: parseProvision(BLANK), demo: false };
}

function keep(store: Store, document: unknown, source: string, demo: boolean): Configuration {
  const provision = parseProvision(document);
  const text = JSON.stringify({ ...provision, users: [] });
  if (text !== store.read.meta.get(KEY))
    store.write((tx) => {
      // Nobody knows the demo user's password: left behind, it would keep the first real user from being made.
      if (!demo && tx.meta.get(DEMO) === 'yes') tx.users.remove(DEMO_USER);
      tx.meta.put(KEY, text);
      // Rules set by hand were set against the document before: the new one says what counts from here on.
      const set = tx.meta.get(RULES_KEY);
      if (set !== undefined)
        tx.record({
          ...STATIONS_OWN,
          kind: 'rules-changed',
          body: { rules: provision.site.rules, before: passageRulesSchema.parse(JSON.parse(set)) },
        });
      tx.meta.put(DEMO, demo ? 'yes' : 'no');
      tx.record({
        kind: 'config-applied',
        key: null,
        laneId: null,
        passageId: null,
        actor: STATION,
        body: { source, sha256: createHash('sha256').update(text).digest('hex') },
      });
    });
  return { provision, demo };
}
