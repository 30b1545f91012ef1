/** `node scripts/build.mjs [client] [main] [preload]`: builds the named parts, or all, and stamps each with its inputs. */
import { writeFileSync } from 'node:fs';
import { createBuilder } from 'vite';
import { fingerprint, stampOf } from './lib/build.mjs';
import { inRoot } from './lib/paths.mjs';

const wanted = process.argv.slice(2);
const parts = wanted.length > 0 ? wanted : ['client', 'main', 'preload'];
const builder = await createBuilder({ configFile: inRoot('vite.config.ts'), logLevel: 'warn' });
for (const part of parts) {
  const environment = builder.environments[part];
  if (!environment) throw new Error(`no such part: ${part}`);
  // Taken before the build: a file saved meanwhile makes the result stale, not silently fresh.
  const from = fingerprint(part);
  try {
    await builder.build(environment);
  } catch (error) {
    // The message says what and where; the stack is the bundler's own business.
    console.error(error instanceof Error ? error.message.split('\nStack backtrace')[0] : error);
    process.exit(1);
  }
  writeFileSync(stampOf(part), from);
}
