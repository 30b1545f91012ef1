import StyleCache from '@ant-design/cssinjs/lib/Cache.js';
import type CSSRule from 'happy-dom/lib/css/CSSRule.js';
import CSSComputedStyle from 'happy-dom/lib/css/declaration/computed-style/CSSComputedStyle.js';
import CSSPropertyManager from 'happy-dom/lib/css/declaration/property-manager/CSSPropertyManager.js';
import CSSMediaRule from 'happy-dom/lib/css/rules/CSSMediaRule.js';
import CSSStyleRule from 'happy-dom/lib/css/rules/CSSStyleRule.js';
import type Element from 'happy-dom/lib/nodes/element/Element.js';

/**
 * Set up for the component tests: what an element looks like (a query by role asks of every element whether it is hidden) is made of
 * the rules that can fit its classes and its tag, found by these as browsers find them. happy-dom tries each of antd's thousand rules
 * on each element and keeps each answer, two fifths of the time of these tests. The looks are the same, but for rules with a `:not` that
 * happy-dom at times takes to fit an element without their classes. And what antd makes of a component's style is made once.
 */

interface Asked {
  readonly elements: readonly { readonly element: Element }[];
  readonly cssRules: readonly CSSRule[];
  readonly hostElement?: unknown;
}

/**
 * The rules of a sheet by what must be there for one of them to fit: a class of the element (`.name`), its tag (`NAME`), or where the
 * selector ends with neither, a class of the element or of one around it (`in name`).
 */
interface Index {
  readonly rules: readonly CSSRule[];
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  /** Those that may fit any element, and those that are no rules of style. */
  readonly rest: readonly number[];
}

const indices = new WeakMap<readonly CSSRule[], Index>();
const keysOfSelectors = new Map<string, readonly (string | null)[]>();
const keysOfElements = new Map<string, readonly string[]>();

const BRACKETED = /\([^()]*\)|\[[^\]]*\]/g;
const BETWEEN_PARTS = /\s*[>+~]\s*|\s+/;

/** What must be there for one alternative of a selector to fit, its conditions in brackets left out; `null` stands for nothing. */
function keyOf(alternative: string): string | null {
  if (!/^[\w\s.#:>+~*-]+$/.test(alternative)) return null;
  const parts = alternative.trim().split(BETWEEN_PARTS);
  const [name] = classesOf(parts.at(-1));
  if (name !== undefined) return `.${name}`;
  const [tag] = parts.at(-1)?.match(/^[a-z][\w-]*/i) ?? [];
  if (tag !== undefined) return tag.toUpperCase();
  const [outer] = /[+~]/.test(alternative) ? [] : parts.flatMap(classesOf);
  return outer === undefined ? null : `in ${outer}`;
}

const classesOf = (part = ''): string[] => [...part.matchAll(/\.([\w-]+)/g)].map(([, name]) => name ?? '').reverse();

function keysOfSelector(selector: string): readonly (string | null)[] {
  const known = keysOfSelectors.get(selector);
  if (known) return known;
  let left = selector;
  // From the innermost brackets outwards.
  for (let before = ''; left !== before; ) {
    before = left;
    left = before.replaceAll(BRACKETED, '');
  }
  const made = left.split(',').map(keyOf);
  keysOfSelectors.set(selector, made);
  return made;
}

function keysOfRule(rule: CSSRule): readonly (string | null)[] {
  if (rule instanceof CSSMediaRule) return rule.cssRules.flatMap(keysOfRule);
  return rule instanceof CSSStyleRule ? keysOfSelector(rule.selectorText) : [null];
}

function makeIndex(rules: readonly CSSRule[]): Index {
  const byKey = new Map<string, number[]>();
  const rest: number[] = [];
  for (const [place, rule] of rules.entries())
    for (const key of new Set(keysOfRule(rule))) {
      const places = key === null ? rest : byKey.get(key);
      if (places) places.push(place);
      else if (key !== null) byKey.set(key, [place]);
    }
  return { rules: [...rules], byKey, rest };
}

function indexOf(rules: readonly CSSRule[]): Index {
  const known = indices.get(rules);
  const same = known?.rules.length === rules.length && known.rules.every((rule, place) => rule === rules[place]);
  if (known && same) return known;
  const made = makeIndex(rules);
  indices.set(rules, made);
  return made;
}

/** The keys of the rules that may fit the element or, for those of `in`, one inside it. */
function keysOf(element: Element): readonly string[] {
  const classes = element.getAttribute('class') ?? '';
  const asked = `${element.tagName} ${classes}`;
  const known = keysOfElements.get(asked);
  if (known) return known;
  const names = classes.split(/[\t\n\f\r ]+/);
  const made = [...names.flatMap((name) => [`.${name}`, `in ${name}`]), element.tagName.toUpperCase()];
  keysOfElements.set(asked, made);
  return made;
}

/** In their order in the sheet: of two rules of the same weight the later one counts. */
function rulesFor({ elements, cssRules }: Asked): readonly CSSRule[] {
  const [outermost] = elements;
  if (!outermost || cssRules.length === 0) return [];
  const { byKey, rest } = indexOf(cssRules);
  const places = new Set(rest);
  const addAll = (key: string): void => {
    for (const place of byKey.get(key) ?? []) places.add(place);
  };
  for (const { element } of elements) for (const key of keysOf(element)) addAll(key);
  for (let { parentElement: around } = outermost.element; around; { parentElement: around } = around)
    for (const key of keysOf(around)) if (key.startsWith('in ')) addAll(key);
  return [...places].sort((a, b) => a - b).flatMap((place) => cssRules[place] ?? []);
}

/** A copy whose values can be changed: measures are written into them. */
function copyOf(properties: CSSPropertyManager['properties']): CSSPropertyManager['properties'] {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, { ...value }]));
}

function quickenLooks(): void {
  const parseAll: (this: CSSComputedStyle, asked: Asked) => void = CSSComputedStyle.prototype['parseCSSRules'];
  CSSComputedStyle.prototype['parseCSSRules'] = function (this: CSSComputedStyle, asked: Asked): void {
    // The looks of a shadow tree's host are not its classes' alone.
    const cssRules = asked.hostElement === undefined ? rulesFor(asked) : asked.cssRules;
    if (cssRules.length > 0) parseAll.call(this, { ...asked, cssRules });
  };
  const clone = CSSPropertyManager.prototype.clone;
  CSSPropertyManager.prototype.clone = function (this: CSSPropertyManager): CSSPropertyManager {
    const { properties } = this;
    this.properties = {};
    const made = clone.call(this);
    this.properties = properties;
    made.properties = copyOf(properties);
    return made;
  };
}

/** The style sheet of a component, as antd makes it when the first of its kind is drawn and forgets it with the last. */
function keepStyles(): void {
  const update = StyleCache.prototype.opUpdate;
  StyleCache.prototype.opUpdate = function (this: StyleCache, path, change): void {
    update.call(this, path, (before) => {
      const after = change(before);
      if (before || !after || !path.startsWith('style%')) return after;
      // One user more than there are: it is never the last that goes.
      return [after[0] + 1, after[1]];
    });
  };
}

/** Marks what was made quick: the files of a worker share these modules, and each is set up. */
const QUICK = Symbol.for('gatehouse.quick-styles');

if (!Object.hasOwn(CSSComputedStyle.prototype, QUICK)) {
  quickenLooks();
  keepStyles();
  Object.defineProperty(CSSComputedStyle.prototype, QUICK, { value: true });
}
