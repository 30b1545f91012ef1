import type {
  ConfigurationCheck,
  ConfigurationDocument,
  ConfigurationRevision,
  ConfigurationView,
} from '../../../shared/contract/configuration.ts';
import type { ConfigurationChange, ConfigurationSource } from '../../../shared/domain/configuration.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { faultSentence } from '../../../shared/domain/fault-words.ts';
import { platformIdSchema } from '../../../shared/domain/site.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { DEMO_USER, keepsAKeeper } from '../api/accounts.ts';
import { isDemoPark } from '../demo/provision.ts';
import { sharingFaults } from '../device-sharing.ts';
import { type Provision, parseProvision, pathText } from '../provision.ts';
import { takenBerths } from '../registry/berths-seed.ts';
import type { Rules } from '../registry/rules.ts';
import { ConfigError, ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Store } from '../store/store.ts';
import { noticesOf, type Present, refusals } from './consequences.ts';
import { differences } from './diff.ts';
import {
  type StoredDocument,
  storedOf,
  textOf,
  withBullets,
  withoutSecrets,
  withoutTaken,
  withRules,
  withSecretsMissing,
  withSecretsOf,
} from './document.ts';
import { parseAccepted } from './earlier.ts';
import { faultOf, NOT_SENT_ELSEWHERE } from './faults.ts';
import { fieldName } from './field-names.ts';
import type { TriedSettings } from './platform-test.ts';
import { knownTariffs, putRevision, TRIAL_KEY } from './revisions.ts';
import { leaveDemo } from './settle.ts';

export interface ConfigurationDeskDeps {
  readonly store: Store;
  readonly rules: Rules;
  readonly demo: boolean;
  readonly configured: boolean;
  /** What the station runs with. */
  readonly provision: Provision;
  readonly occupied: Present['occupied'];
  /** Closes everything and opens it again with what is stored by then, in the next quiet moment. */
  readonly reopen: () => void;
}

interface Applied {
  readonly revision: number;
  readonly reopens: boolean;
  readonly changes: ConfigurationChange[];
}

interface Weighed extends ConfigurationCheck {
  /** Absent when there are faults. */
  readonly document: StoredDocument | undefined;
  readonly reopens: boolean;
}

/** 系统设置: shows, checks and changes what this car park is. */
export class ConfigurationDesk {
  readonly #deps: ConfigurationDeskDeps;
  /** What counts by now; the station may still be running with what was before. */
  #stored: StoredDocument;

  constructor(deps: ConfigurationDeskDeps) {
    this.#deps = deps;
    // Its berths are on the register by now, or were taken off it: that counts from here on.
    this.#stored = { ...storedOf(deps.provision), berths: [] };
  }

  revision(): number {
    return this.#deps.store.read.configurations.lastRevision();
  }

  view(): ConfigurationView {
    const { demo, configured } = this.#deps;
    return { revision: this.revision(), configured, demo, document: view(withBullets(this.#current())) };
  }

  /** Without the document itself, which holds secrets. */
  check(given: unknown, source: ConfigurationSource = 'screens'): ConfigurationCheck {
    const { faults, changes, notices } = this.#weigh(given, source);
    return { faults, changes, notices };
  }

  /**
   * Makes this document the configuration. One that is not the demo's ends the demo, and its user with it.
   *
   * @throws ConflictError `revision-differs` when somebody was faster | `configuration-invalid` | `demo-needs-admin`
   */
  apply(given: unknown, expected: number, source: ConfigurationSource, actor: Actor): Applied {
    const { store, rules } = this.#deps;
    const present = this.revision();
    if (expected !== present) throw new ConflictError('revision-differs', '设置已被他人修改，请重新打开后再改');
    const { document, faults, changes, reopens } = this.#weigh(given, source);
    if (!document)
      throw new ConflictError(
        'configuration-invalid',
        `设置有误：${faultSentence(
          faults.slice(0, 3).map(({ path, messageZh }) => ({ name: fieldName(path, given), messageZh })),
        )}`,
      );
    if (textOf(document) === textOf(this.#current())) return { revision: present, reopens: false, changes: [] };
    const endsDemo = this.#endsDemo(document);
    const revision = store.write((tx) => {
      if (endsDemo) {
        leaveDemo(tx);
        // Without any account the first one is made by whoever comes next; with some, one of them must be able to go on.
        if (tx.users.count() > 0 && !keepsAKeeper(tx))
          throw new ConflictError('demo-needs-admin', '演示账号会随演示一起停用，请先添加一位系统管理员');
      }
      const before = rules.current();
      if (changes.some(({ part }) => part === 'rules'))
        tx.record({
          ...{ key: null, laneId: null, passageId: null, actor },
          kind: 'rules-changed',
          body: { rules: document.site.rules, before },
        });
      // Where the station cannot open with it, what was before counts again.
      if (reopens) tx.meta.put(TRIAL_KEY, String(present));
      return putRevision(tx, document, { source, by: actor.name, actor, changes });
    });
    this.#stored = document;
    rules.reread();
    if (reopens) this.#deps.reopen();
    return { revision, reopens, changes };
  }

  history(): ConfigurationRevision[] {
    return this.#deps.store.read.configurations
      .newest(100)
      .map(({ document: _document, at, changes, ...rest }) => ({ ...rest, at: toRfc3339(at), changes: [...changes] }));
  }

  /** An earlier configuration with what going back to it would do. */
  preview(revision: number): ConfigurationCheck & { document: ConfigurationDocument } {
    const document = this.#earlier(revision);
    return { ...this.check(document), document: view(withBullets(document)) };
  }

  goBack(revision: number, expected: number, actor: Actor): Applied {
    return this.apply(this.#earlier(revision), expected, 'history', actor);
  }

  /** As a provision file. */
  file(secrets: boolean): string {
    const current = this.#current();
    return `${JSON.stringify(secrets ? current : withoutSecrets(current), null, 2)}\n`;
  }

  /** Settings of a platform as somebody typed them, with the stored secrets where bullets stand; `withheld`: where one is not put back. */
  platformSettings(id: string, settings: Readonly<Record<string, unknown>>): TriedSettings {
    const withheld: string[][] = [];
    const withhold = (path: readonly PropertyKey[]): void => void withheld.push(path.slice(2).map(String));
    const filled = withSecretsOf({ platforms: { [id]: settings } }, this.#current(), withhold);
    const whole = filled !== null && typeof filled === 'object' && 'platforms' in filled;
    return { settings: whole ? entry(filled.platforms, id) : settings, withheld };
  }

  #endsDemo(document: StoredDocument): boolean {
    return this.#deps.demo && !isDemoPark(document);
  }

  #earlier(revision: number): StoredDocument {
    const stored = this.#deps.store.read.configurations.get(revision);
    if (!stored) throw new NotFoundError('没有这一版设置');
    return storedOf(parseAccepted(JSON.parse(stored.document), knownTariffs(this.#deps.store)));
  }

  /** With the rules as they are by now: they are changed without a new configuration. */
  #current(): StoredDocument {
    return { ...this.#stored, site: { ...this.#stored.site, rules: this.#deps.rules.current() } };
  }

  #weigh(given: unknown, source: ConfigurationSource): Weighed {
    const { store, occupied } = this.#deps;
    const before = this.#current();
    const present: Present = { read: store.read, occupied };
    try {
      const withheld: string[] = [];
      const withhold = (path: readonly PropertyKey[]): void =>
        void withheld.push(`${pathText(path)}: ${NOT_SENT_ELSEWHERE}`);
      const typed = withSecretsOf(given, before, withhold);
      const kept = source === 'import' ? withSecretsMissing(typed, before, withhold) : typed;
      if (withheld.length > 0) throw new ConfigError([...new Set(withheld)]);
      const filled = withRules(kept, before.site.rules);
      const whole = withoutTaken(filled, takenBerths(store.read));
      const document = storedOf(parseProvision(whole, knownTariffs(store)));
      const standing = sharingFaults(before);
      // Going back is going back to what ran; and what stands as it stood is no reason to refuse something else.
      const shared = source === 'history' ? [] : sharingFaults(document).filter((fault) => !standing.includes(fault));
      const faults = [...shared, ...refusals(before, document, present)];
      if (faults.length > 0) throw new ConfigError(faults);
      const changes = differences(before, document);
      const reopens = textOf({ ...document, site: { ...document.site, rules: before.site.rules } }) !== textOf(before);
      const notices = noticesOf(before, document, present, reopens);
      if (this.#endsDemo(document)) notices.push({ kind: 'demo-ends', id: '', name: DEMO_USER, count: null });
      return { document, faults: [], changes, notices, reopens };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { document: undefined, faults: error.faults.map(faultOf), changes: [], notices: [], reopens: false };
    }
  }
}

/** The settings of devices and platforms have no other shape on the wire; what the contract does not name is left out. */
function view(document: StoredDocument): ConfigurationDocument {
  const { site, areas, lanes, devices, tariffs, lists, cards, berths, channels } = document;
  const platforms: ConfigurationDocument['platforms'] = {};
  for (const id of platformIdSchema.options) {
    const settings = document.platforms[id];
    if (settings !== undefined) platforms[id] = settings;
  }
  return { site, areas, lanes, devices, tariffs, lists, cards, berths, channels, platforms };
}

function entry(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object'
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
