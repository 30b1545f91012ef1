import { expect, test } from 'vitest';
import { z } from 'zod';
import { allForms } from '../../electron/station/configuration/forms.ts';

const node = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  title: z.string().optional(),
  titleZh: z.string().optional(),
  description: z.string().optional(),
  helpZh: z.string().optional(),
});

/** Fields whose words are missing, by their path. */
function wordless(schema: unknown, path: string): string[] {
  const { properties = {}, items } = node.parse(schema);
  const within = Object.entries(properties).flatMap(([name, inner]) => {
    const { title, titleZh, description, helpZh } = node.parse(inner);
    const chinese = [titleZh, helpZh].every((text) => text !== undefined && /\p{Script=Han}|HTTP/u.test(text));
    const here = chinese && title !== undefined && description !== undefined ? [] : [`${path}.${name}`];
    return [...here, ...wordless(inner, `${path}.${name}`)];
  });
  return items === undefined || typeof items === 'boolean' ? within : [...within, ...wordless(items, `${path}[]`)];
}

const forms = allForms();

test.each(forms.drivers.map((form) => [`${form.kind} ${form.driver}`, form.schema] as const))(
  'every setting of the driver %s has its name and an explanation in both languages',
  (name, schema) => {
    expect(wordless(schema, name)).toEqual([]);
  },
);

test.each(forms.platforms.map((form) => [form.id, form.schema] as const))(
  'every setting of the platform %s has its name and an explanation in both languages',
  (name, schema) => {
    expect(wordless(schema, name)).toEqual([]);
  },
);

test('what must not be shown is marked', () => {
  const secret = (schema: unknown, path: readonly string[]): unknown =>
    path.reduce<unknown>((at, name) => node.parse(at).properties?.[name], schema);
  const [qingdao] = forms.platforms.filter(({ id }) => id === 'qingdao');
  expect(secret(qingdao?.schema, ['userPrivateKey'])).toMatchObject({ secret: true });
  expect(secret(qingdao?.schema, ['mqtt', 'password'])).toMatchObject({ secret: true });
});
