import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkBundle } from '../../../scripts/architecture/bundle.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-bundle-'));
  mkdirSync(join(folder, 'chunks'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a bundle that needs only Node and the packages beside it is good', () => {
  writeFileSync(
    join(folder, 'headless.js'),
    "import 'node:fs'; import './chunks/a.js'; await import('better-sqlite3');",
  );
  writeFileSync(join(folder, 'chunks/a.js'), "import { x } from '../headless.js'; import 'events'; export { x };");
  expect(checkBundle(folder, 'headless.js')).toEqual({ files: ['headless.js', 'chunks/a.js'], violations: [] });
});

test('electron is found however deep it hides', () => {
  writeFileSync(join(folder, 'headless.js'), "await import('./chunks/a.js');");
  writeFileSync(join(folder, 'chunks/a.js'), "\nconst { app } = require('electron');");
  expect(checkBundle(folder, 'headless.js').violations).toEqual(['chunks/a.js:2: reaches electron']);
});

test('a package that was not bundled, and a missing file, are found', () => {
  writeFileSync(join(folder, 'headless.js'), "import 'zod'; import './chunks/gone.js';");
  expect(checkBundle(folder, 'headless.js').violations).toEqual([
    'headless.js:1: reaches zod',
    'chunks/gone.js: is not there',
  ]);
});
