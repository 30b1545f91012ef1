/** `node scripts/check-layers.ts`: does every file import only what scripts/layers.ts allows? Exit code 1 when not. */
import { fileURLToPath } from 'node:url';
import { checkLayers } from './architecture/check.ts';
import { checkedFolders, layers } from './layers.ts';

const report = checkLayers(fileURLToPath(new URL('..', import.meta.url)), checkedFolders, layers);
for (const violation of report.violations) console.error(violation);
console.log(`layers: ${report.files} files, ${report.imports} imports, ${report.violations.length} violations`);
if (report.violations.length > 0) process.exitCode = 1;
