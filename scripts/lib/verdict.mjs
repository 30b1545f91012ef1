import { runCheck, staticChecks } from './checks.mjs';

/** Collects what passed and failed beside the tests, and closes the run with one line of counts. */
export class Verdict {
  #passed = 0;
  #failed = [];

  note(name, ok) {
    if (ok) this.#passed += 1;
    else this.#failed.push(name);
    return ok;
  }

  /** All static checks; `beside` is what else may run at the same time. */
  async staticChecks(beside = async () => {}) {
    const inTurn = async (checks) => {
      for (const check of checks) this.note(check.name, await runCheck(check));
    };
    // Two lanes: the compiler alone takes as long as all others together.
    const [types, ...others] = staticChecks;
    await Promise.all([inTurn([types]), inTurn(others).then(beside)]);
  }

  /** Prints the reasons of skips, the failed checks and `N passed, N failed, N skipped`; returns the exit code. */
  close({ ok, tally }) {
    for (const { reason, tests } of tally.skips) {
      process.stdout.write(`skipped: ${reason} [${tests.slice(0, 3).join('; ')}${tests.length > 3 ? '; …' : ''}]\n`);
    }
    if (this.#failed.length > 0) process.stdout.write(`failed checks: ${this.#failed.join(', ')}\n`);
    // The runner may fail for a reason that no test shows, e.g. it found no test at all.
    const unseen = !ok && tally.failed + tally.errors === 0 ? 1 : 0;
    const failed = tally.failed + tally.errors + this.#failed.length + unseen;
    process.stdout.write(`${tally.passed + this.#passed} passed, ${failed} failed, ${tally.skipped} skipped\n`);
    return failed === 0 ? 0 : 1;
  }
}
