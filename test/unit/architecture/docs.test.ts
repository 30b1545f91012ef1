import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseProvision } from '../../../electron/station/provision.ts';
import { attentionSchema } from '../../../shared/contract/lanes.ts';
import { eventKinds } from '../../../shared/domain/events.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', ...markdownUnder('docs')];
const sources = [
  ...readdirSync('.'),
  ...['electron', 'renderer', 'shared', 'scripts', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  ),
];

function markdownUnder(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.md')).map((path) => `${folder}/${path.replaceAll('\\', '/')}`);
}

test('the provision file in the README is one that the station accepts', () => {
  const blocks = [...read('README.md').matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  const [example] = blocks.filter((text) => text.includes('"site"'));
  const provision = parseProvision(JSON.parse(example ?? 'null'));
  expect(provision.lanes.map((lane) => lane.direction)).toEqual(['in', 'out']);
});

test.each(pages)('%s names only source files that exist', (page) => {
  const named = new Set(read(page).match(/[\w./-]*\w\.(?:tsx?|mjs)\b/g));
  const gone = [...named].filter(
    (name) => !/\bx\.test\.ts$/.test(name) && !sources.some((path) => path === name || path.endsWith(`/${name}`)),
  );
  expect(gone).toEqual([]);
});

test.each(pages)('%s links only to pages that exist', (page) => {
  const base = new URL(page, 'file:///');
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) =>
    new URL(target ?? '', base).pathname.slice(1),
  );
  for (const link of links) expect(() => readFileSync(link)).not.toThrow();
});

test('docs/journal.md names every kind of event', () => {
  const page = read('docs/journal.md');
  expect(eventKinds.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});

test('docs/rule-book.md names every attention', () => {
  const page = read('docs/rule-book.md');
  expect(attentionSchema.options.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});
