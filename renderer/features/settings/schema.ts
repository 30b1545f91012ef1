import { z } from 'zod';
import type { Language } from '../../lib/i18n/language.ts';
import type { Path } from './store.ts';

/** What a form needs to know of a setting: its JSON Schema with the station's words. */
const nodeSchema = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  titleZh: z.string().optional(),
  description: z.string().optional(),
  helpZh: z.string().optional(),
  secret: z.boolean().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  choices: z.record(z.string(), z.string()).optional(),
  choicesZh: z.record(z.string(), z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});
export type Node = z.infer<typeof nodeSchema>;

export function readNode(schema: unknown): Node {
  const node = nodeSchema.catch({}).parse(schema);
  const consts = constsOf(node['anyOf']);
  return node.enum === undefined && consts.length > 0 ? { ...node, enum: consts } : node;
}

const constSchema = z.looseObject({ const: z.union([z.string(), z.number()]) });

/** One of several fixed values, as a list of them; empty where it is anything else. */
function constsOf(anyOf: unknown): (string | number)[] {
  const parsed = z.array(constSchema).safeParse(anyOf);
  return parsed.success ? parsed.data.map((each) => each.const) : [];
}

export type Settings = Readonly<Record<string, unknown>>;
export const asSettings = (value: unknown): Settings => z.record(z.string(), z.unknown()).catch({}).parse(value);

/** The name of a setting; one without words is called as it is in the document. */
export const titleOf = (node: Node, name: string, language: Language): string =>
  (language === 'en' ? node.title : node.titleZh) ?? name;

export const helpOf = (node: Node, language: Language): string | undefined =>
  language === 'en' ? node.description : (node.helpZh ?? node.description);

/** What can be chosen, each with what it means where the station says it. */
export const choicesOf = (node: Node, language: Language): { value: string | number; label: string }[] =>
  (node.enum ?? []).map((value) => {
    const meaning = (language === 'en' ? node.choices : node.choicesZh)?.[String(value)];
    // A number is what the other side's tables say; a word of ours says nothing beside its meaning.
    const coded = /^\d+$/.test(String(value));
    return { value, label: meaning === undefined ? String(value) : coded ? `${value}　${meaning}` : meaning };
  });

/** The schema at a path below the settings; numbers are items of a list. */
export function nodeAt(schema: unknown, path: readonly string[]): Node {
  return path.reduce((node, name) => {
    const inner = node.properties?.[name];
    return readNode(inner ?? node.items);
  }, readNode(schema));
}

/** What most people set: what is needed, and groups that are off unless asked for. Everything else has a default that serves. */
export const isBasic = (parent: Node, name: string, node: Node): boolean =>
  (parent.required ?? []).includes(name) ||
  (node.type === 'object' && node.default === undefined) ||
  name === 'enabled';

/** Choices for settings that name something else, by their name: `camera` → the cameras there are, `gates` → the lanes. */
export type References = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;

/** One setting of a form, and where it stands in the document. */
export interface SchemaFieldProps {
  readonly name: string;
  readonly schema: unknown;
  readonly path: Path;
  readonly needed: boolean;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly references?: References | undefined;
  /** The same for what is offered, and may also be typed: `path` → the serial ports of the PC. */
  readonly suggestions?: References | undefined;
}
