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

/** The real programs that some tests talk to, the Debian package of each, and how to see that it is there. */
const tools = [
  // Ubuntu's package may be a wrapper around a snap that cannot start: ask it, once it is there.
  { name: 'chromium', packages: ['chromium'], present: () => onPath('chromium') && starts('chromium') },
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

/** Gets the test programs where we may; otherwise says which tests will be skipped. Never fails: tests skip by themselves. */
export async function ensureTools() {
  if (missing().length === 0) return;
  const mayInstall = process.getuid?.() === 0 && isDebian() && onPath('apt-get');
  if (mayInstall) await install(missing());
  const left = missing().map((tool) => tool.name);
  if (left.length > 0)
    say(`not here: ${left.join(', ')}; the tests that need them will be skipped, each with its reason`);
}

async function install(wanted) {
  const packages = wanted.flatMap((tool) => tool.packages);
  say(`installing test programs with apt: ${packages.join(' ')} (about a minute, happens once)`);
  const done = keepSaying('still installing test programs');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args) =>
    step('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=60', ...args], { output: 'capture', timeoutMs: 300_000, env });
  await run(['update']);
  const all = await run(['install', '-y', '--no-install-recommends', ...packages]);
  // One package that this release does not have must not cost us the others.
  if (all.code !== 0) for (const name of packages) await run(['install', '-y', '--no-install-recommends', name]);
  done();
}
