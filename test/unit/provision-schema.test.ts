import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { provisionJsonSchema } from '../../electron/station/provision-schema.ts';

it('is shipped as it is read: see electron/headless/print-provision-schema.ts', () => {
  const shipped: unknown = JSON.parse(
    readFileSync(new URL('../../resources/provision.schema.json', import.meta.url), 'utf8'),
  );
  expect(shipped).toEqual(JSON.parse(JSON.stringify(provisionJsonSchema())));
});

it('knows the settings of drivers and platforms, with their help texts', () => {
  const text = JSON.stringify(provisionJsonSchema());
  for (const word of ['serialNo', 'parkMs', 'platformPublicKey', 'freeMinutesMode', 'The same plate read again'])
    expect(text).toContain(word);
});
