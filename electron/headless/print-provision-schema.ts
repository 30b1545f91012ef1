import { provisionJsonSchema } from '../station/provision-schema.ts';

// The JSON Schema of the provision file, for `resources/`:
// npx node electron/headless/print-provision-schema.ts > resources/provision.schema.json
process.stdout.write(`${JSON.stringify(provisionJsonSchema(), null, 2)}\n`);
