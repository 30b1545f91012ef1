/** The station under the pinned Node, from its sources. Started by the other scripts where they run on an older Node. */
import { stopWithParent } from './lib/orphan.mjs';
import { runStation } from './lib/station.mjs';

stopWithParent();
process.exitCode = await runStation(process.argv.slice(2));
