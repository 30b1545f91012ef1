import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const built = existsSync(join(root, 'dist/main/headless.js')) && existsSync(join(root, 'dist/renderer/index.html'));
/** The archiver that the packer itself uses. */
const asarCli = join(root, 'node_modules/@electron/asar/bin/asar.js');

let folder = '';
beforeAll(async () => {
  if (!built) return;
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-package-'));
  await run(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', '--publish', 'never', `-c.directories.output=${join(folder, 'release')}`],
      `-c.electronDist=${stubElectron(join(folder, 'electron'))}`,
    ],
    { cwd: root, timeout: 55_000 },
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Just enough of an Electron distribution to be packed: its program ends with a row of fuses, all off. */
function stubElectron(at: string): string {
  mkdirSync(join(at, 'locales'), { recursive: true });
  mkdirSync(join(at, 'resources'));
  const fuses = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.alloc(9, '0'),
  ]);
  writeFileSync(join(at, 'electron'), Buffer.concat([Buffer.alloc(4096), fuses]), { mode: 0o755 });
  for (const locale of ['zh-CN', 'en-US', 'de']) writeFileSync(join(at, `locales/${locale}.pak`), '');
  writeFileSync(join(at, 'LICENSE'), 'stub');
  writeFileSync(join(at, 'version'), '0.0.0');
  return at;
}

const notBuilt = 'the program is not built (npm test builds it first)';
const inPackage = (...parts: string[]): string => join(folder, 'release/linux-unpacked', ...parts);
const packed = async (): Promise<string[]> => {
  const { stdout } = await run(process.execPath, [asarCli, 'list', inPackage('resources/app.asar')], {
    maxBuffer: 1e8,
  });
  return stdout.trim().split('\n');
};

test('the package holds what was built and the three native packages, and nothing else', async (ctx) => {
  if (!built) return ctx.skip(notBuilt);
  const files = await packed();
  for (const file of [
    'main/main.js',
    'main/station-process.js',
    'main/headless.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ])
    expect(files).toContain(`/dist/${file}`);
  const top = new Set(files.map((file) => file.split('/')[1]));
  expect(top).toEqual(new Set(['dist', 'node_modules', 'package.json', 'resources']));
  expect(files.filter((file) => /\.(tsx?|map|tsbuildinfo)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  expect(files.filter((file) => file.startsWith('/dist/types'))).toEqual([]);
});

test('the machine code in it is for this system only', async (ctx) => {
  if (!built) return ctx.skip(notBuilt);
  const natives = (await packed()).filter((file) => file.endsWith('.node'));
  expect(natives.filter((file) => !file.includes('linux-x64'))).toEqual([]);
  const packages = new Set(natives.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]));
  expect(packages).toEqual(new Set(['@img/sharp-linux-x64', '@serialport/bindings-cpp', 'better-sqlite3']));
});

test('libraries that the system loads by itself lie beside the archive, where it can find them', async (ctx) => {
  if (!built) return ctx.skip(notBuilt);
  const beside = inPackage('resources/app.asar.unpacked/node_modules/@img');
  expect(readdirSync(join(beside, 'sharp-libvips-linux-x64/lib')).some((name) => /^libvips-cpp\.so/.test(name))).toBe(
    true,
  );
  expect(readdirSync(join(beside, 'sharp-linux-x64/lib')).some((name) => name.endsWith('.node'))).toBe(true);
});

test('the fuses of the program are set: it is no Node, takes no debugger and loads only its own archive', async (ctx) => {
  if (!built) return ctx.skip(notBuilt);
  const fuses = await getCurrentFuseWire(inPackage('gatehouse'));
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ];
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  for (const fuse of on) expect([fuse, fuses[fuse]]).toEqual([fuse, FuseState.ENABLE]);
  for (const fuse of off) expect([fuse, fuses[fuse]]).toEqual([fuse, FuseState.DISABLE]);
});

test('the package is complete: unpacked, its station runs by itself and stops cleanly', async (ctx) => {
  if (!built) return ctx.skip(notBuilt);
  const unpacked = join(folder, 'unpacked');
  await run(process.execPath, [asarCli, 'extract', inPackage('resources/app.asar'), unpacked]);
  const picture = `import('sharp').then(({ default: sharp }) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).jpeg().toBuffer()
  ).then((jpeg) => console.log(jpeg.subarray(0, 2).toString('hex')))`;
  expect((await run(process.execPath, ['-e', picture], { cwd: unpacked })).stdout.trim()).toBe('ffd8');
  const args = ['dist/main/headless.js', '--data', join(folder, 'data'), '--port', '0'];
  const station = spawn(process.execPath, args, { cwd: unpacked, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  station.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const exited = new Promise<number | null>((resolve) => station.once('exit', resolve));
  try {
    const ready = z.object({ event: z.literal('ready'), url: z.url() });
    const first = await Promise.race([
      firstLine(station.stdout),
      exited.then((code) => `exit code ${code}: ${errors}`),
    ]);
    const { url } = ready.parse(JSON.parse(first));
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
    station.kill('SIGTERM');
    expect(await exited).toBe(0);
  } finally {
    station.kill('SIGKILL');
  }
});

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => createInterface({ input: stream }).once('line', resolve));
}
