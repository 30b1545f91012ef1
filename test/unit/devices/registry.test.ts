import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allForms } from '../../../electron/station/configuration/forms.ts';
import { drivers } from '../../../electron/station/devices/registry.ts';
import { enDevices } from '../../../renderer/lib/i18n/office/devices.en.ts';
import { zhDevices } from '../../../renderer/lib/i18n/office/devices.zh.ts';
import { enSettings } from '../../../renderer/lib/i18n/office/settings.en.ts';
import { zhSettings } from '../../../renderer/lib/i18n/office/settings.zh.ts';

/** What every driver brings along besides its code. Words of settings: `configuration-words.test.ts`. */
const ROOT = join(import.meta.dirname, '../../..');
const FOLDERS = join(ROOT, 'electron/station/devices');
const PAGES = join(ROOT, 'docs/devices');
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

const pages = readdirSync(PAGES)
  .filter((name) => name !== 'README.md')
  .map((name) => read(PAGES, name));
const index = read(PAGES, 'README.md');

const node = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  secret: z.boolean().optional(),
});
interface Field {
  readonly name: string;
  readonly secret: boolean;
}

/** All fields of a schema, those of rows and groups too. */
function fieldsOf(schema: unknown): Field[] {
  const parsed = node.safeParse(schema);
  if (!parsed.success) return [];
  const { properties = {}, items, anyOf = [] } = parsed.data;
  const own = Object.entries(properties).flatMap(([name, inner]) => [
    { name, secret: node.safeParse(inner).data?.secret ?? false },
    ...fieldsOf(inner),
  ]);
  return [...own, ...[items, ...anyOf].flatMap(fieldsOf)];
}

/** Whether a page says at a line's beginning that it is of this driver: `Driver …` or `Drivers …`, before it comes to the kind. */
const announces = (driver: string) => (page: string) =>
  page.split('\n').some((line) => /^Drivers? /.test(line) && line.split(', kind')[0]?.includes(`\`${driver}\``));

const forms = allForms().drivers.map((form) => [`${form.kind} ${form.driver}`, form] as const);

describe('every driver', () => {
  it('has a name of its own within its kind, and a form', () => {
    const names = drivers.map(({ kind, driver }) => `${kind} ${driver}`);
    expect(new Set(names).size).toBe(names.length);
    expect(forms.map(([name]) => name).sort()).toEqual([...names].sort());
  });

  it.each(forms)('%s has words in both languages, on the devices page and in the settings', (_name, { driver }) => {
    for (const [catalogue, script] of [
      [zhDevices.driver, /\p{Script=Han}/u],
      [enDevices.driver, /^[\x20-\x7e]+$/],
      [zhSettings.device.drivers, /\p{Script=Han}/u],
      [enSettings.device.drivers, /^[\x20-\x7e]+$/],
    ] as const)
      expect(Object.entries(catalogue).find(([name]) => name === driver)?.[1]).toMatch(script);
  });

  it.each(forms)('%s hides what is secret', (_name, { schema }) => {
    const bare = fieldsOf(schema).filter(
      ({ name, secret }) => /pass_?w|^password|secret|token|^key$/i.test(name) && !secret,
    );
    expect(bare).toEqual([]);
  });

  it.each(forms)('%s has a page that names all of its settings, and is listed', (_name, { driver, schema }) => {
    expect(index).toContain(`\`${driver}\``);
    const page = pages.filter(announces(driver)).join('\n');
    expect(page).not.toBe('');
    expect(fieldsOf(schema).filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

it.each(
  readdirSync(FOLDERS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'links')
    .map(({ name }) => name),
)('the folder %s has a README for whoever programs it next', (folder) => {
  expect(readdirSync(join(FOLDERS, folder))).toContain('README.md');
});
