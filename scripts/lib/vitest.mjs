import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';

/** Runs the tests; resolves with their tally (see test/support/reporter.ts) and whether all went well. */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const code = await handOver(pinnedNode(), [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args], {
      env: { GATEHOUSE_TALLY: file },
    });
    return { ok: code === 0, tally: JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    // The runner died before it could count: that is a failure, never a silent zero.
    return { ok: false, tally: { passed: 0, failed: 0, skipped: 0, errors: 1, skips: [] } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
