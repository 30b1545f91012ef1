import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { say } from './say.mjs';

/** Far above what the tests need: a test that never ends must fail, and not hang whoever waits for it. */
const TIME_LIMIT_MS = 25 * 60_000;

const MEMORY = '/dev/shm';
/** Bytes: several times what a run of all tests holds at once, most of which is a clone with its packages. */
const ROOM = 8 * 1024 ** 3;

/**
 * Where the tests put their files: in memory where there is plenty of it. Thousands of databases wait for a disk at each commit, and
 * what a test takes from a station is its process, never the power.
 */
function placeOfFiles() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem()) > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Runs the tests; resolves with their tally (see test/support/reporter.ts) and whether all went well. */
export async function runTests(args) {
  const folder = mkdtempSync(join(placeOfFiles(), 'gatehouse-run-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await handOver(pinnedNode(), [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args], {
      // What was on the screen when a test failed is there to be looked at afterwards.
      env: { GATEHOUSE_TALLY: file, GATEHOUSE_PICTURES: tmpdir(), TMPDIR: folder },
      timeoutMs: TIME_LIMIT_MS,
    });
    return { ok: code === 0, tally: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    // The runner died before it could count: that is a failure, never a silent zero.
    return { ok: false, tally: { passed: 0, failed: 0, skipped: 0, errors: 1, skips: [] } };
  } finally {
    forget(folder);
  }
}

/** A process that a test left behind may still be writing; what cannot be removed is no failed test. */
function forget(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch {
    say(`left behind: ${folder}`);
  }
}
