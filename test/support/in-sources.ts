import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const maps = new Map<string, SourceMap | null>();
const PLACE = /(?:file:\/\/)?(\/[^\s():]+\/dist\/tests-[^\s():]+\.js):(\d+):(\d+)/g;

/**
 * `text` with every place in the bundle told as the place in the sources. For what a failed test says, and not for every line: a
 * map takes a third of a second to read, which is why no station reads them at its start.
 */
export function inSources(text: string): string {
  return text.replace(PLACE, (place, file: string, line: string, column: string) => {
    const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) return place;
    const source = relative(root, resolve(dirname(file), entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const made = existsSync(`${file}.map`) ? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))) : null;
  maps.set(file, made);
  return made;
}
