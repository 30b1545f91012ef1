import { ensureBuilt } from './lib/build.mjs';
import { say } from './lib/say.mjs';
import { runStation } from './lib/station.mjs';

/** `npm run serve -- --data DIR [--provision FILE] [--host H] [--port P]`: the station alone. */
export async function run(args) {
  // Cars must pass whatever state the screens are in.
  if (!(await ensureBuilt(['client']))) say('going on without the screens: lanes and the API are served');
  return await runStation(args);
}
