import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const peers = fileURLToPath(new URL('../../peers', import.meta.url));
const files = readdirSync(peers, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(peers, file));

/** A mistake of ours must not meet the same mistake on the other side. */
test('the other side imports nothing of the product', () => {
  const imported = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, path = '']) =>
      relative(peers, resolve(dirname(file), path)),
    ),
  );
  expect(imported.length).toBeGreaterThan(files.length);
  expect(imported.filter((path) => path.startsWith('..'))).toEqual([]);
});
