/** Entry of the built program: `node dist/main/headless.js [serve] --data DIR …` or `… verify --data DIR …`. */
import { main } from './serve.ts';
import { verify } from './verify.ts';

const [command, ...rest] = process.argv.slice(2);
if (command === 'verify') process.exitCode = await verify(rest);
else process.exitCode = await main(command === 'serve' ? rest : process.argv.slice(2));
