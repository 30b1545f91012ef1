/** `node scripts/check-bundle.ts`: can the built station start where there is no Electron? Exit code 1 when not. */
import { fileURLToPath } from 'node:url';
import { checkBundle } from './architecture/bundle.ts';

const folder = fileURLToPath(new URL('../dist/main', import.meta.url));
const report = checkBundle(folder, 'headless.js');
for (const violation of report.violations) console.error(violation);
console.log(`bundle: ${report.files.length} files reachable from headless.js, ${report.violations.length} violations`);
if (report.violations.length > 0) process.exitCode = 1;
