import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inSources } from '../../support/in-sources.ts';
import { tempDirectory } from '../../support/temp-store.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('a stack of the bundle names the sources; what has no map stays as it is', () => {
  const place = tempDirectory();
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, 'dist/tests-0123/chunks');
  mkdirSync(folder, { recursive: true });
  const source = join(root, 'electron/station/keeper.ts');
  const file = join(folder, 'station.js');
  // Line 1, column 1 of what was made comes from line 3, column 5 of the source.
  writeFileSync(`${file}.map`, JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'AAEI' }));

  const line = JSON.stringify({ msg: 'a defect', stack: `Error: no\n    at open (${pathToFileURL(file).href}:1:1)` });
  expect(inSources(line)).toContain('at open (electron/station/keeper.ts:3:5)');
  const other = `at open (${join(folder, 'other.js')}:7:1) in ${source}:1:1`;
  expect(inSources(other)).toBe(other);
});
