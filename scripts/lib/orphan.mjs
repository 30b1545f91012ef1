import { readFileSync } from 'node:fs';

/**
 * Ends this process as by SIGTERM when whoever started it is gone. npm runs scripts through a shell: a SIGTERM to npm kills the
 * shell and not what the shell runs, and a SIGKILL leaves even the shell behind, waiting for us. Without this the station would
 * stay, unseen, with the port in its hands.
 */
export function stopWithParent() {
  if (process.platform === 'win32') return;
  const parent = process.ppid;
  const npm = process.env.npm_lifecycle_event === undefined ? undefined : parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}

/** The parent of a process; `undefined` where the system does not tell. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (name) state ppid …`, and the name may hold blanks and brackets.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
