import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Argument, parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { reasonsEn } from '../../renderer/lib/i18n/office/reasons.en.ts';

const electron = fileURLToPath(new URL('../../electron', import.meta.url));

/** Files that throw a reason which is no literal, and what the reasons there can be: keys of a table, or texts of a union. */
const COMPUTED: Readonly<
  Record<string, { readonly table: string; readonly prefix?: string } | { readonly passesOn: true }>
> = {
  'station/lanes/floor.ts': { table: 'station/lanes/refusals.ts' },
  'station/lanes/runtime.ts': { table: 'station/lanes/refusals.ts' },
  'station/payments/cases.ts': { table: 'station/payments/cases.ts' },
  'station/payments/desk.ts': { table: 'station/payments/desk.ts' },
  'station/shifts/rules.ts': { table: 'station/shifts/rules.ts', prefix: 'shift-' },
  'station/shifts/till.ts': { table: 'station/shifts/till.ts' },
  // They hand on what `refusal` of limits.ts was told, whose calls are read as well.
  'station/tables/limits.ts': { passesOn: true },
  'station/tables/read-in-worker.ts': { passesOn: true },
};

interface Found {
  readonly literals: Set<string>;
  readonly computedIn: Set<string>;
}

/** The reasons of every `new ConflictError(…)` and `refusal(…)` under electron/. */
function reasonsOfStation(): Found {
  const found: Found = { literals: new Set(), computedIn: new Set() };
  for (const name of readdirSync(electron, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || !name.startsWith('station')) continue;
    const { program } = parseSync(name, readFileSync(`${electron}/${name}`, 'utf8'));
    const see = (callee: string | null, first: Argument | undefined): void => {
      if (callee !== 'ConflictError' && callee !== 'refusal') return;
      if (first?.type === 'Literal' && typeof first.value === 'string') found.literals.add(first.value);
      else found.computedIn.add(name);
    };
    new Visitor({
      NewExpression: ({ callee, arguments: [first] }) => see(callee.type === 'Identifier' ? callee.name : null, first),
      CallExpression: ({ callee, arguments: [first] }) => see(callee.type === 'Identifier' ? callee.name : null, first),
    }).visit(program);
  }
  return found;
}

/** The keys of the tables of sentences that a file holds. */
function keysOfTable(file: string): string[] {
  const keys: string[] = [];
  const { program } = parseSync(file, readFileSync(`${electron}/${file}`, 'utf8'));
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      const object = init?.type === 'TSAsExpression' ? init.expression : init;
      if (id.type !== 'Identifier' || !/^[A-Z]+$/.test(id.name) || object?.type !== 'ObjectExpression') return;
      for (const property of object.properties) {
        if (property.type !== 'Property') continue;
        const { key } = property;
        if (key.type === 'Identifier') keys.push(key.name);
        else if (key.type === 'Literal' && typeof key.value === 'string') keys.push(key.value);
      }
    },
  }).visit(program);
  return keys;
}

const station = reasonsOfStation();
const computed = Object.values(COMPUTED).flatMap((each) =>
  'table' in each ? keysOfTable(each.table).map((key) => `${each.prefix ?? ''}${key}`) : [],
);
const all = new Set([...station.literals, ...computed]);

describe('the reasons of the station in English', () => {
  it('are read from all of its sources', () => {
    expect([...station.computedIn].sort()).toEqual(Object.keys(COMPUTED).sort());
    expect(station.literals.size).toBeGreaterThan(100);
    expect(computed).toContain('shift-closed');
    expect(computed).toContain('no-car');
  });

  it('have a sentence each', () => {
    expect([...all].filter((reason) => reasonsEn[reason] === undefined).sort()).toEqual([]);
  });

  it('are no more than there are, and in English', () => {
    expect(Object.keys(reasonsEn).filter((reason) => !all.has(reason))).toEqual([]);
    expect(Object.values(reasonsEn).filter((sentence) => /\p{Script=Han}/u.test(sentence))).toEqual([]);
  });
});
