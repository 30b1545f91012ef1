import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { platformDefinitions } from '../../../electron/station/platforms/registry.ts';

const folderOf = (id: string): string =>
  fileURLToPath(new URL(`../../../electron/station/platforms/${id}/messages`, import.meta.url));

const fieldSchema = z.looseObject({
  type: z.string().optional(),
  maxLength: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Field = z.infer<typeof fieldSchema>;

/** The non-null branches of a field. */
function branches(field: Field): readonly Field[] {
  const all = field.anyOf?.map((branch) => fieldSchema.parse(branch)) ?? [field];
  return all.filter(({ type }) => type !== 'null');
}

/** A value just beyond what the field allows, or `undefined` when the field has no limit to go beyond. */
function beyond(field: Field, good: unknown): unknown {
  if (field.type === 'array')
    return field.maxItems === undefined
      ? undefined
      : Array(field.maxItems + 1).fill(z.array(z.unknown()).parse(good)[0]);
  if (field.type === 'boolean') return 'yes';
  if (field.enum !== undefined || field.const !== undefined) return 987_654;
  if (field.type === 'string') return field.maxLength === undefined ? undefined : 'x'.repeat(field.maxLength + 1);
  return field.maximum === undefined ? undefined : field.maximum + 1;
}

describe('every message of every platform', () => {
  it('has a section, a sample that its own schema takes, and the name of its file', () => {
    let visited = 0;
    for (const { id, messages } of platformDefinitions) {
      const files = readdirSync(folderOf(id)).map((file) => file.replace(/\.ts$/, ''));
      expect(messages.map(({ name }) => name).sort(), id).toEqual(files.sort());
      for (const { name, section, title, sample, schema } of messages) {
        visited += 1;
        expect(section, name).toMatch(/\S/);
        expect(title, name).toMatch(/\S/);
        const parsed = schema.safeParse(sample);
        expect(parsed.error?.issues ?? [], name).toEqual([]);
      }
    }
    expect(visited).toBeGreaterThanOrEqual(8);
  });

  it('that leaves the house limits every field, wants every field and takes no other', () => {
    let fields = 0;
    for (const { messages } of platformDefinitions)
      for (const { name, direction, sample, schema } of messages) {
        if (direction === 'down') continue;
        const good = z.record(z.string(), z.unknown()).parse(sample);
        const shape = z
          .looseObject({ properties: z.record(z.string(), fieldSchema), required: z.array(z.string()) })
          .parse(z.toJSONSchema(schema, { io: 'input' }));
        expect(schema.safeParse({ ...good, surprise: 1 }).success, `${name} takes unknown fields`).toBe(false);
        for (const [field, described] of Object.entries(shape.properties)) {
          fields += 1;
          const { [field]: _dropped, ...without } = good;
          expect(schema.safeParse(without).success, `${name} without ${field}`).toBe(false);
          for (const branch of branches(described)) {
            const tooMuch = beyond(branch, good[field]);
            expect(tooMuch, `${name}.${field} has no limit`).toBeDefined();
            expect(schema.safeParse({ ...good, [field]: tooMuch }).success, `${name}.${field} beyond its limit`).toBe(
              false,
            );
          }
        }
      }
    expect(fields).toBeGreaterThanOrEqual(50);
  });

  it('has a name of its own within its platform', () => {
    for (const { id, messages } of platformDefinitions) {
      const names = messages.map(({ name }) => name);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });
});
