import { readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { readSource } from './source.ts';

/** Packages with machine code, which travel beside the bundle. Everything else must be inside it. */
const besideTheBundle = new Set(['better-sqlite3', 'serialport', '@serialport/bindings-cpp', 'sharp']);
const builtin = new Set(builtinModules);

export interface BundleReport {
  readonly files: readonly string[];
  readonly violations: readonly string[];
}

/**
 * Follows every import from `entry` in `folder`: the station must start under plain Node, so `electron` must not be reachable,
 * nor any package that is not shipped beside the bundle.
 */
export function checkBundle(folder: string, entry: string): BundleReport {
  const seen = new Set<string>();
  const violations: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const path = join(folder, file);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
      violations.push(`${file}: is not there`);
      return;
    }
    for (const { specifier, line } of readSource(file, readFileSync(path, 'utf8')).mentions) {
      // A worker's address when running from source: nothing in a bundle is TypeScript.
      if (specifier.startsWith('.') && specifier.endsWith('.ts')) continue;
      if (specifier.startsWith('.')) visit(posix.join(posix.dirname(file), specifier));
      else if (specifier === '<computed>' || specifier.startsWith('node:') || builtin.has(specifier)) continue;
      else if (!besideTheBundle.has(specifier)) violations.push(`${file}:${line}: reaches ${specifier}`);
    }
  };
  visit(entry);
  return { files: [...seen], violations };
}
