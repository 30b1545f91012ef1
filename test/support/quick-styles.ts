import type CSSRule from 'happy-dom/lib/css/CSSRule.js';
import CSSComputedStyle from 'happy-dom/lib/css/declaration/computed-style/CSSComputedStyle.js';
import CSSStyleRule from 'happy-dom/lib/css/rules/CSSStyleRule.js';
import type Element from 'happy-dom/lib/nodes/element/Element.js';
import { window as windowOf } from 'happy-dom/lib/PropertySymbol.js';
import QuerySelector from 'happy-dom/lib/query-selector/QuerySelector.js';
import SelectorParser from 'happy-dom/lib/query-selector/SelectorParser.js';

/**
 * Set up for the component tests: what an element looks like (a query by role asks of every element whether it is hidden) is made of
 * the rules that can fit its classes and its tag, found by these as browsers find them. happy-dom tries each of antd's thousand rules
 * on each element and keeps each answer, two fifths of the time of these tests. The looks are the same.
 */

interface Asked {
  readonly elements: readonly { readonly element: Element }[];
  readonly cssRules: readonly CSSRule[];
  readonly hostElement?: unknown;
}

/** The rules of a sheet by the class (`.name`) or tag (`NAME`) that an element must have for one of them to fit. */
interface Index {
  readonly rules: readonly CSSRule[];
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  /** Those that may fit any element, and those that are no rules of style. */
  readonly rest: readonly number[];
}

const indices = new WeakMap<readonly CSSRule[], Index>();
const keysOfClasses = new Map<string, readonly string[]>();

/** A key for each alternative of the selector; `null` stands for any element. */
function keysOfRule(rule: CSSRule, element: Element): readonly (string | null)[] {
  if (!(rule instanceof CSSStyleRule)) return [null];
  const parser = new SelectorParser({
    ...{ window: element[windowOf], scope: element, ignoreErrors: true },
    globalMatchFunction: QuerySelector.globalMatchFunction,
  });
  return parser.getSelectorGroups(rule.selectorText).map((parts) => {
    const subject = parts.at(-1);
    const name = subject?.classNames?.at(-1);
    if (name !== undefined) return `.${name}`;
    return subject?.tagName && subject.tagName !== '*' ? subject.tagName : null;
  });
}

function makeIndex(rules: readonly CSSRule[], element: Element): Index {
  const byKey = new Map<string, number[]>();
  const rest: number[] = [];
  for (const [place, rule] of rules.entries())
    for (const key of new Set(keysOfRule(rule, element))) {
      if (key === null) rest.push(place);
      else byKey.set(key, [...(byKey.get(key) ?? []), place]);
    }
  return { rules: [...rules], byKey, rest };
}

function indexOf(rules: readonly CSSRule[], element: Element): Index {
  const known = indices.get(rules);
  const same = known?.rules.length === rules.length && known.rules.every((rule, place) => rule === rules[place]);
  if (known && same) return known;
  const made = makeIndex(rules, element);
  indices.set(rules, made);
  return made;
}

function keysOf(element: Element): readonly string[] {
  const classes = element.getAttribute('class') ?? '';
  const known = keysOfClasses.get(classes);
  if (known) return known;
  const made = classes.split(/[\t\n\f\r ]+/).map((name) => `.${name}`);
  keysOfClasses.set(classes, made);
  return made;
}

/** In their order in the sheet: of two rules of the same weight the later one counts. */
function rulesFor({ elements, cssRules }: Asked): readonly CSSRule[] {
  const [first] = elements;
  if (!first || cssRules.length === 0) return [];
  const { byKey, rest } = indexOf(cssRules, first.element);
  const places = new Set(rest);
  for (const { element } of elements) {
    for (const key of keysOf(element)) for (const place of byKey.get(key) ?? []) places.add(place);
    for (const place of byKey.get(element.tagName.toUpperCase()) ?? []) places.add(place);
  }
  return cssRules.filter((_, place) => places.has(place));
}

const parseAll: (this: CSSComputedStyle, asked: Asked) => void = CSSComputedStyle.prototype['parseCSSRules'];

CSSComputedStyle.prototype['parseCSSRules'] = function (this: CSSComputedStyle, asked: Asked): void {
  // The looks of a shadow tree's host are not its classes' alone.
  const cssRules = asked.hostElement === undefined ? rulesFor(asked) : asked.cssRules;
  if (cssRules.length > 0) parseAll.call(this, { ...asked, cssRules });
};
