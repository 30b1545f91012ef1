import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './child.mjs';
import { keepSaying, say } from './say.mjs';

function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const starts = (program) => spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0;

const shell = () => onPath('chromium-headless-shell');

/**
 * The real programs that some tests talk to, the Debian packages of which one will do, the best first, and how to see that it is
 * there; `best`: that it is the first of them.
 */
const tools = [
  {
    name: 'chromium',
    // Without windows of its own it draws the same pages for three quarters of the time.
    packages: ['chromium-headless-shell', 'chromium'],
    // Ubuntu's package may be a wrapper around a snap that cannot start: ask it, once it is there.
    present: () => shell() || (onPath('chromium') && starts('chromium')),
    best: shell,
  },
  {
    name: 'Chinese fonts',
    packages: ['fonts-noto-cjk'],
    present: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || onlyOutsideDebian(),
  },
  { name: 'mosquitto', packages: ['mosquitto'], present: () => onPath('mosquitto') },
  { name: 'socat', packages: ['socat'], present: () => onPath('socat') },
];

const isDebian = () => {
  try {
    return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
};
/** Elsewhere fonts cannot be told by a file; a missing one only spoils pictures. */
const onlyOutsideDebian = () => !isDebian();

const missing = () => tools.filter((tool) => !tool.present());

/**
 * What to install: whatever is not there, and where nobody works beside the tests (CI) what would be better than what is there.
 */
const wanted = () => tools.filter(({ present, best = present }) => !(process.env.CI ? best : present)());

/** Gets the test programs where we may; otherwise says which tests will be skipped. Never fails: tests skip by themselves. */
export async function ensureTools() {
  const mayInstall = process.getuid?.() === 0 && isDebian() && onPath('apt-get');
  if (mayInstall && wanted().length > 0) await install(wanted());
  const left = missing().map((tool) => tool.name);
  if (left.length > 0)
    say(`not here: ${left.join(', ')}; the tests that need them will be skipped, each with its reason`);
}

async function install(chosen) {
  const best = chosen.map(({ packages: [name] }) => name);
  say(`installing test programs with apt: ${best.join(' ')} (about a minute, happens once)`);
  const done = keepSaying('still installing test programs');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args) =>
    step('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=60', ...args], { output: 'capture', timeoutMs: 300_000, env });
  await run(['update']);
  const all = await run(['install', '-y', '--no-install-recommends', ...best]);
  // One package that this release does not have must not cost us the others.
  if (all.code !== 0)
    for (const { packages, present } of chosen)
      for (const name of packages) if (!present()) await run(['install', '-y', '--no-install-recommends', name]);
  done();
}
