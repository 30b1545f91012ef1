import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const resultSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
  }),
);

/**
 * Half-faded text has no contrast. Two frames first: whatever was just answered is drawn, and has begun to fade in. What moves for
 * ever (a spinner) is not waited for, and what moves for seconds axe may see.
 */
const coloursStand = `(async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  const moves = (each) => each.playState === 'running' && each.effect?.getComputedTiming().endTime !== Infinity;
  const until = performance.now() + 3_000;
  await frame();
  do await frame();
  while (document.getAnimations().some(moves) && performance.now() < until);
})()`;

/**
 * What axe finds wrong on the page as it stands (WCAG 2.2 A and AA, contrast included), as sentences; an empty list is what
 * a test expects. `rules` names those that count, where the others were looked at before. Waits until colours stand.
 */
export async function accessibilityFaults(page: Page, within = 'body', rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${source}; undefined`);
  await page.evaluate(coloursStand);
  const found: unknown = await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { runOnly: ${JSON.stringify(rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])}, resultTypes: ['violations'] }).then((r) => JSON.parse(JSON.stringify(r.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary: failureSummary ?? '' })) })))))`,
  );
  return resultSchema
    .parse(found)
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} · ${failureSummary}`),
    );
}
