/**
 * `node scripts/run.mjs start | serve | test | dev | verify | simulate …`: from a bare clone to the running thing. Needs any Node from 18 on and
 * no package; gets the packages, and with them the pinned Node that everything else runs on.
 */
import { ensureInstalled } from './lib/install.mjs';
import { stopWithParent } from './lib/orphan.mjs';
import { say } from './lib/say.mjs';

const commands = {
  start: () => import('./start.mjs'),
  serve: () => import('./serve.mjs'),
  test: () => import('./test.mjs'),
  dev: () => import('./dev.mjs'),
  verify: () => import('./verify.mjs'),
  simulate: () => import('./simulate.mjs'),
  gallery: () => import('./gallery.mjs'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = commands[name];
if (!load) {
  say(`usage: node scripts/run.mjs ${Object.keys(commands).join(' | ')} [options]`);
  process.exitCode = 2;
} else {
  // Only under npm: started by hand, this process may well outlive the shell it came from.
  if (process.env.npm_lifecycle_event) stopWithParent();
  try {
    await ensureInstalled();
    const command = await load();
    process.exitCode = await command.run(args);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
