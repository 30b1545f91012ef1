/** Progress for people goes to stderr: the stdout of `serve` belongs to its JSON ready line. */
export function say(text) {
  process.stderr.write(`gatehouse: ${text}\n`);
}

/** Says `text` again with the seconds gone by, every `everyMs`, so that a long step is seen to be alive. */
export function keepSaying(text, everyMs = 15_000) {
  const started = Date.now();
  const timer = setInterval(() => say(`${text} (${Math.round((Date.now() - started) / 1000)} s so far)`), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
