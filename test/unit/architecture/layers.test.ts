import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkLayers } from '../../../scripts/architecture/check.ts';
import { checkedFolders, layers } from '../../../scripts/layers.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A house with just these files, checked by the real rules. */
function check(files: Record<string, string>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-layers-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const present = checkedFolders.filter((folder) => Object.keys(files).some((path) => path.startsWith(`${folder}/`)));
  return checkLayers(root, present, layers).violations;
}

test('the house keeps its own rules, and all of it was looked at', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const report = checkLayers(root, checkedFolders, layers);
  expect(report.violations).toEqual([]);
  expect(report.files).toBeGreaterThan(100);
  expect(report.imports).toBeGreaterThan(300);
});

const somewhere = { 'shared/domain/money.ts': 'export type Fen = number;' };

test.each([
  [
    'a platform that knows another platform',
    'electron/station/platforms/keytop/a.ts',
    "import { q } from '../qingdao/q.ts';",
  ],
  [
    'a platform that knows a device',
    'electron/station/platforms/keytop/a.ts',
    "import type { D } from '../../devices/d.ts';",
  ],
  ['a device that knows a platform', 'electron/station/devices/a.ts', "import '../platforms/p.ts';"],
  ['the core that knows a platform', 'electron/station/outbox/a.ts', "export { q } from '../platforms/qingdao/q.ts';"],
  ['the core that uses a port as a value', 'electron/station/lanes/a.ts', "import { x } from '../devices/device.ts';"],
  ['the station that knows its shell', 'electron/station/station.ts', "import { app } from 'electron';"],
  [
    'the station that knows its shell by type',
    'electron/station/lanes/a.ts',
    "type A = import('electron').App; export type B = A;",
  ],
  [
    'a screen that knows the station',
    'renderer/a.ts',
    "import type { Log } from '../electron/station/runtime/ports.ts';",
  ],
  ['a screen that loads a part of Node', 'renderer/a.ts', "await import('node:fs');"],
  ['SQL outside the store', 'electron/station/lanes/a.ts', "import Database from 'better-sqlite3';"],
  ['a vocabulary that needs Node', 'shared/domain/a.ts', "import { createHash } from 'node:crypto';"],
  ['a package nobody decided on', 'electron/station/api/a.ts', "import _ from 'lodash';"],
  ['an import nobody can follow', 'electron/station/api/a.ts', 'await import(process.argv[2] ?? "");'],
  ['an import of a file that is not there', 'shared/domain/a.ts', "import './nothing.ts';"],
  [
    'a worker from another room',
    'electron/station/lanes/a.ts',
    "new Worker(new URL('../platforms/p.ts', import.meta.url));",
  ],
  [
    'the other side of a platform that reads our code',
    'test/peers/keytop/a.ts',
    "import '../../../shared/domain/money.ts';",
  ],
])('finds %s', (_what, file, text) => {
  const others = {
    ...somewhere,
    'electron/station/platforms/qingdao/q.ts': 'export const q = 1;',
    'electron/station/platforms/p.ts': 'export const p = 1;',
    'electron/station/devices/d.ts': 'export type D = 1;',
    'electron/station/devices/device.ts': 'export const x = 1;',
    'electron/station/runtime/ports.ts': 'export type Log = 1;',
  };
  const violations = check({ ...others, [file]: text });
  expect(violations).toHaveLength(1);
  expect(violations[0]).toContain(`${file}:1`);
});

test('finds a folder that no rule knows', () => {
  for (const file of ['electron/station/misc/a.ts', 'shared/misc/a.ts', 'electron/updater/a.ts'])
    expect(check({ [file]: '' })).toEqual([expect.stringContaining(`${file}: belongs to no layer`)]);
});

test.each([
  'Date.now()',
  'new Date()',
  'Date()',
  'setTimeout(f, 1)',
  'globalThis.setInterval(f, 1)',
  "Math['random']()",
  'console.log(1)',
  'process.env.HOME',
])('finds %s in the station, which must be handed its clock, dice and environment', (use) => {
  expect(check({ 'electron/station/lanes/a.ts': `export const f = (): unknown => ${use};` })).toHaveLength(1);
  expect(check({ 'electron/station/runtime/a.ts': `export const f = (): unknown => ${use};` })).toEqual([]);
});

test('lets a Date be made from an instant, and a method be called setTimeout', () => {
  expect(
    check({ 'electron/station/lanes/a.ts': 'export const f = (s: Socket) => s.setTimeout(new Date(1).getTime());' }),
  ).toEqual([]);
});

test('lets the core name a port as a type, and the composition root know everybody', () => {
  const violations = check({
    'electron/station/devices/device.ts': 'export type Device = 1;',
    'electron/station/platforms/qingdao/index.ts': 'export const qingdao = 1;',
    'electron/station/lanes/a.ts': "import type { Device } from '../devices/device.ts'; export type A = Device;",
    'electron/station/station.ts':
      "import './lanes/a.ts'; import './platforms/qingdao/index.ts'; import './devices/device.ts';",
  });
  expect(violations).toEqual([]);
});

test('finds a circle of imports, even one of types only', () => {
  const violations = check({
    'shared/domain/a.ts': "import type { B } from './b.ts'; export type A = B;",
    'shared/domain/b.ts': "export type { A as B } from './c.ts';",
    'shared/domain/c.ts': "import type { A } from './a.ts'; export type { A };",
  });
  expect(violations).toEqual([
    'import cycle: shared/domain/a.ts → shared/domain/b.ts → shared/domain/c.ts → shared/domain/a.ts',
  ]);
});
