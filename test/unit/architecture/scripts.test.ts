import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What stands between npm and the station: exit codes and signals must come through as they are. */

const lib = (name: string): string => pathToFileURL(`scripts/lib/${name}.mjs`).href;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

/** Stands for the station: says that it is up, and stops with its own code when asked to. */
const station = (): string =>
  script(
    'station',
    `process.on('SIGTERM', () => process.exit(7));
     setInterval(() => {}, 1000);
     console.log(process.pid);`,
  );
const inFront = (): string =>
  script(
    'front',
    `import { handOver } from '${lib('child')}';
     process.exitCode = await handOver(process.execPath, process.argv.slice(2));`,
  );
const start = (args: readonly string[]) => spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
const firstLine = async (stream: NodeJS.ReadableStream): Promise<string> =>
  String((await once(createInterface({ input: stream }), 'line'))[0]);

/** Dead, and only waiting to be collected: in a container nobody may ever do so. */
function isZombie(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8').replace(/^.*\)/s, ''));
}

/** Whether a process is still there; waits up to five seconds for it to go. */
async function goes(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
      if (isZombie(pid)) return true;
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe.skipIf(process.platform === 'win32')('standing in front of the station', () => {
  test('its exit code is ours', async () => {
    const front = start([inFront(), '-e', 'process.exit(3)']);
    expect((await once(front, 'exit'))[0]).toBe(3);
  });

  test('a termination is passed on, and the station decides how it ends', async () => {
    const front = start([inFront(), station()]);
    await firstLine(front.stdout);
    front.kill('SIGTERM');
    expect((await once(front, 'exit'))[0]).toBe(7);
  });

  test('a death by signal is told as a shell would', async () => {
    const front = start([inFront(), '-e', 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)']);
    expect((await once(front, 'exit'))[0]).toBe(128 + 9);
  });

  test('what does not end in its time is ended, with all that it started', async () => {
    const limited = script(
      'limited',
      `import { handOver } from '${lib('child')}';
       const args = ['-e', 'require("node:child_process").spawn(process.execPath, [${JSON.stringify(station())}], { stdio: "inherit" }); for (;;);'];
       process.exitCode = await handOver(process.execPath, args, { timeoutMs: 1500 });`,
    );
    const front = start([limited]);
    const grandchild = Number(await firstLine(front.stdout));
    expect((await once(front, 'exit'))[0]).toBe(128 + 9);
    expect(await goes(grandchild)).toBe(true);
  });

  test('a station whose parent was killed does not stay behind', async () => {
    const orphan = script(
      'orphan',
      `import { stopWithParent } from '${lib('orphan')}';
       stopWithParent();
       await import('${pathToFileURL(station()).href}');`,
    );
    const parent = start([inFront(), orphan]);
    const pid = Number(await firstLine(parent.stdout));
    parent.kill('SIGKILL');
    expect(await goes(pid)).toBe(true);
  });
});

describe('the verdict of npm test', () => {
  const close = async (
    failed: readonly string[],
    ok: boolean,
    tally: object,
  ): Promise<[string | undefined, number | null]> => {
    const path = script(
      'verdict',
      `import { Verdict } from '${lib('verdict')}';
       const verdict = new Verdict();
       verdict.note('types', true);
       for (const name of ${JSON.stringify(failed)}) verdict.note(name, false);
       process.exitCode = verdict.close(${JSON.stringify({ ok, tally })});`,
    );
    const child = start([path]);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const [code] = (await once(child, 'close')) as [number | null];
    return [lines.at(-1), code];
  };
  const all = { passed: 10, failed: 0, skipped: 0, errors: 0, skips: [] };

  test('all is well', async () => {
    expect(await close([], true, all)).toEqual(['11 passed, 0 failed, 0 skipped', 0]);
  });
  test('a failed check fails it, although every test passed', async () => {
    expect(await close(['knip'], true, all)).toEqual(['11 passed, 1 failed, 0 skipped', 1]);
  });
  test('a runner that failed without a failed test fails it', async () => {
    expect(await close([], false, all)).toEqual(['11 passed, 1 failed, 0 skipped', 1]);
  });
});
