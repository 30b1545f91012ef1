/** Entry of the built program: `node dist/main/headless.js --data DIR …`. */
import { main } from './serve.ts';

process.exitCode = await main(process.argv.slice(2));
