import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';

const README = new URL('../../../../electron/station/platforms/shenzhen/README.md', import.meta.url);

/** What is open, and the setting of the decision, as the README has them. */
function decisions(): readonly { readonly open: string; readonly setting: string }[] {
  const [, table = ''] = readFileSync(README, 'utf8').split('### The decisions, one by one');
  return [...(table.split('\n#')[0] ?? '').matchAll(/^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)]
    .map(([, open = '', setting = '']) => ({ open: open.trim(), setting: setting.trim() }))
    .filter(({ setting }) => setting !== 'setting' && setting !== '---');
}

/** Of a JSON schema, whether there is this setting. */
function has(schema: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const { properties } = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).parse(schema);
  return name in properties && has(properties[name], rest);
}

test('each decision about what goes up has a setting that there is, or says why there is none', () => {
  const schema = z.toJSONSchema(shenzhenSettingsSchema, { io: 'input' });
  const rows = decisions();
  expect(rows.length).toBeGreaterThan(40);
  for (const { open, setting } of rows) {
    if (setting.startsWith('no choice')) continue;
    const names = [...setting.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);
    expect(names, open).not.toEqual([]);
    for (const name of names) expect(has(schema, name.split('.')), `${open}: ${name}`).toBe(true);
  }
});

test('each setting of what goes up is a decision that the README tells', () => {
  const told = new Set(
    decisions().flatMap(({ setting }) => [...setting.matchAll(/`([\w.]+)`/g)].map(([, name]) => name)),
  );
  const { wire, site, reports, photo } = shenzhenSettingsSchema.shape;
  const names = Object.entries({ wire, site, reports, photo }).flatMap(([section, schema]) => {
    const { properties } = z
      .looseObject({ properties: z.record(z.string(), z.unknown()) })
      .parse(z.toJSONSchema(schema, { io: 'input' }));
    return Object.keys(properties).map((name) => `${section}.${name}`);
  });
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});
