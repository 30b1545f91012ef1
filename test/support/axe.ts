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

/** Half-faded text has no contrast. What moves for ever (a spinner) is not waited for, and what moves for seconds axe may see. */
async function coloursStand(page: Page): Promise<void> {
  const moving =
    'document.getAnimations().some((a) => a.playState === "running" && a.effect?.getComputedTiming().endTime !== Infinity)';
  // Two frames: whatever was just answered is drawn, and has begun to fade in.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))');
  await page.waitForFunction(`!${moving}`, undefined, { timeout: 3_000 }).catch(() => undefined);
}

/**
 * What axe finds wrong on the page as it stands (WCAG 2.2 A and AA, contrast included), as sentences; an empty list is what
 * a test expects. `rules` names those that count, where the others were looked at before. Waits until colours stand.
 */
export async function accessibilityFaults(page: Page, within = 'body', rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${source}; undefined`);
  await coloursStand(page);
  const found: unknown = await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { runOnly: ${JSON.stringify(rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])}, resultTypes: ['violations'] }).then((r) => JSON.parse(JSON.stringify(r.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary: failureSummary ?? '' })) })))))`,
  );
  return resultSchema
    .parse(found)
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} · ${failureSummary}`),
    );
}
