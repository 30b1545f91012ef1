import type { Actor } from '../../../shared/domain/events.ts';
import { chineseOf, faultSentence, ruleName } from '../../../shared/domain/fault-words.ts';
import { type PassageRules, type PassageRulesPatch, passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import type { Site } from '../../../shared/domain/site.ts';
import { ConflictError } from '../runtime/errors.ts';
import { RULES_KEY } from '../store/apply.ts';
import type { Store } from '../store/store.ts';

/**
 * The passage rules (通行规则) that count now: those of the provision file, until a manager changes them. A change counts from the
 * next car on, and is an event.
 */
export class Rules {
  readonly #store: Store;
  #current: PassageRules;

  constructor(store: Store, provisioned: PassageRules) {
    this.#store = store;
    const set = store.read.meta.get(RULES_KEY);
    this.#current = set === undefined ? provisioned : passageRulesSchema.parse(JSON.parse(set));
  }

  current(): PassageRules {
    return this.#current;
  }

  /**
   * Changes what is named and leaves the rest.
   *
   * @throws ConflictError `rules-invalid`, naming every fault with its rule, in Chinese
   */
  change(part: PassageRulesPatch, actor: Actor): PassageRules {
    const before = this.#current;
    const parsed = passageRulesSchema.safeParse({ ...before, ...part });
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => ({
        name: ruleName(path),
        messageZh: chineseOf(message),
      }));
      throw new ConflictError('rules-invalid', `通行规则有误：${faultSentence(faults)}`);
    }
    const rules = parsed.data;
    this.#store.write((tx) =>
      tx.record({
        kind: 'rules-changed',
        key: null,
        laneId: null,
        passageId: null,
        actor,
        body: { rules, before },
      }),
    );
    this.#current = rules;
    return rules;
  }

  /** A whole configuration was applied that set other rules. */
  reread(): void {
    const set = this.#store.read.meta.get(RULES_KEY);
    if (set !== undefined) this.#current = passageRulesSchema.parse(JSON.parse(set));
  }

  /** The site, with its rules as they are at the moment of each look. */
  site(provisioned: Site): Site {
    const { rules: _provisioned, ...rest } = provisioned;
    const current = (): PassageRules => this.#current;
    return {
      ...rest,
      get rules() {
        return current();
      },
    };
  }
}
