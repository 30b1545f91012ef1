import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { cyclesIn } from './cycles.ts';
import { type Layer, violationsOf } from './rules.ts';
import { readSource } from './source.ts';

export interface LayerReport {
  readonly files: number;
  readonly imports: number;
  readonly violations: readonly string[];
}

function* sourceFiles(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* sourceFiles(root, path);
    } else if (/\.[cm]?[jt]sx?$/.test(entry.name)) yield path;
  }
}

/** Checks every source file under `folders` of `root` against `layers`. Type-only imports count like any other. */
export function checkLayers(root: string, folders: readonly string[], layers: readonly Layer[]): LayerReport {
  const exists = (path: string): boolean => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
  const violations: string[] = [];
  const graph = new Map<string, string[]>();
  let imports = 0;
  for (const folder of folders) {
    for (const file of sourceFiles(root, folder)) {
      const source = readSource(file, readFileSync(join(root, file), 'utf8'));
      imports += source.mentions.length;
      violations.push(...violationsOf(layers, file, source, exists));
      const targets = source.mentions
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => posix.join(posix.dirname(file), specifier));
      graph.set(file, targets);
    }
  }
  for (const cycle of cyclesIn(graph)) violations.push(`import cycle: ${cycle}`);
  return { files: graph.size, imports, violations };
}
