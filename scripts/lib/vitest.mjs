import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';

/** Far above what the tests need: a test that never ends must fail, and not hang whoever waits for it. */
const TIME_LIMIT_MS = 15 * 60_000;

/** Runs the tests; resolves with their tally (see test/support/reporter.ts) and whether all went well. */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await handOver(pinnedNode(), [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args], {
      env: { GATEHOUSE_TALLY: file },
      timeoutMs: TIME_LIMIT_MS,
    });
    return { ok: code === 0, tally: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    // The runner died before it could count: that is a failure, never a silent zero.
    return { ok: false, tally: { passed: 0, failed: 0, skipped: 0, errors: 1, skips: [] } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
