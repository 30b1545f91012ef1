import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { parseArguments } from '../../../electron/main/arguments.ts';
import { defaultDataDirectory } from '../../../electron/main/data-directory.ts';
import { ConfigError } from '../../../electron/station/runtime/errors.ts';

test('without arguments the station runs the demo in its usual place, for this machine only', () => {
  expect(parseArguments([], { dataDirectory: '/home/a/.local/share/gatehouse', version: '1.0.0' })).toEqual({
    dataDirectory: '/home/a/.local/share/gatehouse',
    host: '127.0.0.1',
    port: 8700,
    provisionFile: null,
    demo: true,
    version: '1.0.0',
  });
});

test('our switches are read among those of Chromium', () => {
  const argv = ['--no-sandbox', '--data', '/srv/a', '--port=0', '--enable-features=X', '--provision', 'park.json'];
  expect(parseArguments(argv, { dataDirectory: '/x', version: '1.0.0' })).toMatchObject({
    dataDirectory: '/srv/a',
    port: 0,
    provisionFile: 'park.json',
    demo: false,
  });
});

test.each([['--port', 'http'], ['--port='], ['--port', '70000'], ['--port'], ['--data', '']])(
  '%s %s is refused',
  (...argv) => {
    expect(() => parseArguments(argv, { dataDirectory: '/x', version: '1.0.0' })).toThrow(ConfigError);
  },
);

test.each([
  [
    'win32',
    'C:\\Users\\a',
    { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' },
    'C:\\Users\\a\\AppData\\Local\\Gatehouse',
  ],
  ['linux', '/home/a', {}, '/home/a/.local/share/gatehouse'],
  ['linux', '/home/a', { XDG_DATA_HOME: '/srv/a' }, '/srv/a/gatehouse'],
  ['darwin', '/Users/a', {}, '/Users/a/Library/Application Support/Gatehouse/data'],
] as const)('data lives where %s keeps what belongs to one user and one machine', (platform, home, env, expected) => {
  expect(defaultDataDirectory({ platform, home, env })).toBe(expected);
});

test('npm start without a window uses the same place as the desktop program', async () => {
  const script: unknown = await import(pathToFileURL('scripts/lib/desktop.mjs').href);
  if (typeof script !== 'object' || script === null || !('defaultDataDirectory' in script)) throw new Error('moved');
  vi.stubEnv('XDG_DATA_HOME', '/srv/b');
  const { defaultDataDirectory: fromScript } = script;
  expect(typeof fromScript === 'function' && fromScript()).toBe(
    defaultDataDirectory({ platform: process.platform, home: process.env['HOME'] ?? '', env: process.env }),
  );
  vi.unstubAllEnvs();
});
