/**
 * Ends this process as by SIGTERM when its parent is gone. npm runs scripts through a shell, and a SIGTERM to npm kills the
 * shell and not what the shell runs: without this the station would stay behind, unseen, with the port in its hands.
 */
export function stopWithParent() {
  if (process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}
