import { parseSync, Visitor } from 'oxc-parser';

/** One mention of another module: an import of any form, a re-export, `import('…')` in a type, a worker's `new URL('…')`. */
export interface Mention {
  readonly specifier: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A use of something that the station must be handed instead. */
export interface BannedUse {
  readonly what: string;
  readonly line: number;
}

export interface Source {
  readonly mentions: readonly Mention[];
  readonly banned: readonly BannedUse[];
  /** The file could not be understood. */
  readonly errors: readonly string[];
}

const bannedGlobals = new Set(['setTimeout', 'setInterval', 'console']);
const bannedMembers = new Set(['Date.now', 'Math.random', 'performance.now', 'process.env', 'process.hrtime']);

interface Node {
  readonly type: string;
  readonly start: number;
}

/** Reads one TypeScript or JavaScript file. */
export function readSource(filename: string, text: string): Source {
  const parsed = parseSync(filename, text);
  const mentions: Mention[] = [];
  const banned: BannedUse[] = [];
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const mention = (node: Node, specifier: unknown, typeOnly: boolean): void => {
    // A specifier that is computed cannot be checked, so it is a violation of its own: it resolves to nothing.
    mentions.push({
      specifier: typeof specifier === 'string' ? specifier : '<computed>',
      typeOnly,
      line: lineOf(node),
    });
  };
  const ban = (node: Node, what: string): void => {
    banned.push({ what, line: lineOf(node) });
  };

  new Visitor({
    ImportDeclaration: (node) => {
      const named = node.specifiers.length > 0;
      const allTypes = named && node.specifiers.every((one) => 'importKind' in one && one.importKind === 'type');
      mention(node, node.source.value, node.importKind === 'type' || allTypes);
    },
    ExportAllDeclaration: (node) => mention(node, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source) mention(node, node.source.value, node.exportKind === 'type');
    },
    ImportExpression: (node) => mention(node, literal(node.source), false),
    TSImportType: (node) => mention(node, literal(node.source), true),
    TSExternalModuleReference: (node) => mention(node, node.expression.value, false),
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type !== 'Identifier') return;
      if (callee.name === 'require') mention(node, literal(node.arguments[0]), false);
      if (callee.name === 'Date') ban(node, 'Date()');
      if (bannedGlobals.has(callee.name)) ban(node, callee.name);
    },
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'Date' && node.arguments.length === 0) ban(node, 'new Date()');
      const [first, second] = node.arguments;
      const target = literal(first);
      const beside = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty';
      if (node.callee.name === 'URL' && beside && typeof target === 'string' && /\.[cm]?[jt]sx?$/.test(target))
        mention(node, target, false);
    },
    MemberExpression: (node) => {
      const path = memberPath(node);
      if (path === undefined) return;
      const name = path.replace(/^globalThis\./, '');
      if (bannedMembers.has(name)) ban(node, name);
      else if (path !== name && bannedGlobals.has(name)) ban(node, name);
      else if (name.startsWith('console.')) ban(node, 'console');
    },
  }).visit(parsed.program);
  return { mentions, banned, errors: parsed.errors.map((error) => error.message) };
}

function literal(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || !('type' in node)) return undefined;
  return node.type === 'Literal' && 'value' in node ? node.value : undefined;
}

/** `a.b` and `a['b']` as `a.b`; `undefined` where it is not a chain of plain names. */
function memberPath(node: {
  readonly object: unknown;
  readonly property: unknown;
  readonly computed: boolean;
}): string | undefined {
  const name = (part: unknown): string | undefined => {
    if (typeof part !== 'object' || part === null || !('type' in part)) return undefined;
    if (part.type === 'Identifier' && 'name' in part && typeof part.name === 'string') return part.name;
    if (part.type === 'MemberExpression' && 'object' in part && 'property' in part && 'computed' in part)
      return memberPath({ object: part.object, property: part.property, computed: part.computed === true });
    return undefined;
  };
  const left = name(node.object);
  const right = node.computed ? literal(node.property) : name(node.property);
  return left === undefined || typeof right !== 'string' ? undefined : `${left}.${right}`;
}
