import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { childEnv, root } from './paths.mjs';
import { say } from './say.mjs';

/** Exit code of a child as a shell would tell it: a death by signal is 128 + its number. */
const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a program with our own stdio and passes termination on to it; resolves with its exit code. Used where the child is
 * the real thing and we only stand in front of it. With `onLine` its stdout comes to that function, line by line. With
 * `timeoutMs` it and all that it started are ended after that time.
 */
export function handOver(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // A group of its own is what can be ended as a whole; a test that spins forever does not see its parent go.
    const group = options.timeoutMs !== undefined && process.platform !== 'win32';
    const stdio = [group ? 'ignore' : 'inherit', options.onLine ? 'pipe' : 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: root, stdio, env: childEnv(options.env), detached: group });
    const tell = (signal) => {
      if (!group) child.kill(signal);
      else if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
    };
    if (options.onLine) createInterface({ input: child.stdout }).on('line', options.onLine);
    // A terminal sends Ctrl-C to the whole group, so the child has it already; without a terminal only we got it.
    const pass = (signal) => {
      if (group || !(signal === 'SIGINT' && process.stdin.isTTY)) tell(signal);
    };
    const late = () => {
      say(`ended after ${options.timeoutMs / 60_000} minutes without coming to an end`);
      tell('SIGKILL');
    };
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(late, options.timeoutMs);
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      for (const name of signals) process.off(name, pass);
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * Runs one step of ours. `output`: `stderr` shows what it prints there, `capture` keeps it. Ends the child after
 * `timeoutMs`. Never rejects: a program that cannot be started is a failed step.
 */
export function step(command, args, { output = 'stderr', timeoutMs = 600_000, env = {} } = {}) {
  return new Promise((resolve) => {
    const sink = output === 'stderr' ? 2 : 'pipe';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', sink, sink], env: childEnv(env) });
    let text = '';
    const keep = (chunk) => {
      text += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    const timer = setTimeout(() => {
      text += `\nended after ${timeoutMs / 1000} s without a result\n`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const stop = () => child.kill('SIGKILL');
    process.once('exit', stop);
    const finish = (code, more = '') => {
      clearTimeout(timer);
      process.off('exit', stop);
      resolve({ code, text: text + more });
    };
    child.once('error', (error) => finish(127, error.message));
    child.once('close', (code, signal) => finish(exitCode(code, signal)));
  });
}
