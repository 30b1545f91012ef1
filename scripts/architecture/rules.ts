import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Source } from './source.ts';

/** What the files of one part of the house may import. Everything that is not named is forbidden. */
export interface Layer {
  /**
   * A folder (with all that lies below) or a file, from the project's root. A last segment `*` makes each subfolder a room of
   * its own: rooms of one layer do not see each other.
   */
  readonly path: string;
  /** Only the files directly in the folder: a new subfolder is then unknown until it gets a rule of its own. */
  readonly flat?: true;
  /** Other layers, by their `path`, or single files. Files of the same layer (the same room) always see each other. */
  readonly own?: readonly string[];
  /** The same, for type-only imports. */
  readonly types?: readonly string[];
  /** Packages. `*`: any. */
  readonly packages?: readonly string[];
  /** Packages of which only types may be used. */
  readonly packageTypes?: readonly string[];
  /** Modules of Node, without `node:`. `*`: any. */
  readonly node?: readonly string[];
  /** May read clocks, set timers, roll dice, read the environment and write to the console. */
  readonly ambient?: true;
}

const builtin = new Set(builtinModules);
const isResource = (path: string): boolean => /\.(css|svg|png|json|mp3|sql)$/.test(path);

/** The layer of a file, and its room within it; the most specific layer wins. */
export function layerOf(layers: readonly Layer[], file: string): { layer: Layer; room: string } | undefined {
  let best: { layer: Layer; room: string } | undefined;
  for (const layer of layers) {
    const room = roomOf(layer, file);
    if (room !== undefined && (!best || layer.path.length > best.layer.path.length)) best = { layer, room };
  }
  return best;
}

function roomOf({ path, flat }: Layer, file: string): string | undefined {
  if (flat) return file.startsWith(`${path}/`) && !file.includes('/', path.length + 1) ? path : undefined;
  if (!path.endsWith('/*')) return file === path || file.startsWith(`${path}/`) ? path : undefined;
  const base = path.slice(0, -1);
  const rest = file.startsWith(base) ? file.slice(base.length) : '';
  const slash = rest.indexOf('/');
  return slash > 0 ? base + rest.slice(0, slash) : undefined;
}

/** `@scope/name/deep/path` → `@scope/name`. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const has = (list: readonly string[] | undefined, name: string): boolean =>
  list?.includes('*') === true || list?.includes(name) === true;

/** All violations of one file, as `file:line: sentence`. `exists` tells whether a path is a file of ours. */
export function violationsOf(
  layers: readonly Layer[],
  file: string,
  source: Source,
  exists: (path: string) => boolean,
): string[] {
  const found: string[] = source.errors.map((error) => `${file}: cannot be parsed: ${error}`);
  const here = layerOf(layers, file);
  if (!here) return [...found, `${file}: belongs to no layer; name its folder in scripts/layers.ts`];
  const { layer, room } = here;
  if (!layer.ambient)
    for (const { what, line } of source.banned) found.push(`${file}:${line}: ${what}; use the injected port instead`);
  for (const { specifier, typeOnly, line } of source.mentions) {
    const no = (reason: string): void => {
      found.push(`${file}:${line}: ${room} must not import ${specifier}${reason}`);
    };
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file), specifier);
      const there = layerOf(layers, target);
      if (!exists(target)) no(': there is no such file');
      else if (isResource(target)) continue;
      else if (!there) no(': it belongs to no layer');
      else if (there.layer === layer && there.room === room) continue;
      else if (has(layer.own, there.layer.path) || has(layer.own, target)) continue;
      else if (has(layer.types, there.layer.path) || has(layer.types, target)) {
        if (!typeOnly) no(' except for its types');
      } else no('');
    } else if (specifier.startsWith('node:') || builtin.has(specifier)) {
      if (!has(layer.node, specifier.replace(/^node:/, ''))) no('');
    } else if (
      !has(layer.packages, packageOf(specifier)) &&
      !(typeOnly && has(layer.packageTypes, packageOf(specifier)))
    )
      no('');
  }
  return found;
}
