/**
 * Pictures of every screen, to be leafed through by a person: `npm run gallery -- OUT [filter] [--quick]`. Each in both
 * sizes, themes and languages; `--quick` takes only the small one in light and Chinese. OUT lies outside of git.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium, NO_CHROMIUM } from '../support/browser.ts';
import type { CarPark } from '../support/car-park.ts';
import { ADMIN } from '../support/station-process.ts';
import { openBankMorning } from './bank-site.ts';
import { type CityDay, openCityDay } from './city-site.ts';
import type { Shot } from './shot.ts';
import { GALLERY_PEOPLE, openLivedIn } from './site.ts';

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly language: 'zh-CN' | 'en';
}

const looks: readonly Look[] = [
  { name: 'small', width: 1366, height: 768 },
  { name: 'big', width: 1920, height: 1080 },
].flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['zh-CN', 'en'] as const).map((language) => ({
      ...size,
      name: `${size.name}-${theme}-${language.slice(0, 2)}`,
      theme,
      language,
    })),
  ),
);

const isShots = (value: unknown): value is readonly Shot[] =>
  Array.isArray(value) && value.every((shot) => typeof shot === 'object' && shot !== null && 'at' in shot);

async function allShots(filter: string | undefined): Promise<Shot[]> {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter(
    (name) => name.endsWith('.ts') && !['run.ts', 'shot.ts', 'site.ts', 'city-site.ts', 'bank-site.ts'].includes(name),
  );
  const found: Shot[] = [];
  for (const file of files.sort()) {
    const module: unknown = await import(pathToFileURL(join(folder.pathname, file)).href);
    const shots = typeof module === 'object' && module !== null && 'shots' in module ? module.shots : undefined;
    if (!isShots(shots)) throw new Error(`${file} exports no shots`);
    found.push(...shots);
  }
  return found.filter((shot) => filter === undefined || shot.name.includes(filter));
}

async function signIn(page: Page, park: CarPark, as: Shot['as']): Promise<void> {
  const who = as === undefined || as === 'admin' ? ADMIN : GALLERY_PEOPLE[as];
  await page.goto(park.station.url);
  await page.locator('input').first().fill(who.name);
  await page.locator('input[type=password]').fill(who.password);
  await page.keyboard.press('Enter');
  await page.locator('.header-user').waitFor();
}

async function take(
  browser: Browser,
  park: CarPark,
  shots: readonly Shot[],
  look: Look,
  out: string,
): Promise<string[]> {
  const problems: string[] = [];
  for (const as of ['admin', 'manager', 'attendant'] as const) {
    const mine = shots.filter((shot) => (shot.as ?? 'admin') === as);
    if (mine.length === 0) continue;
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.theme,
      locale: look.language,
    });
    await context.addInitScript(
      (prefs) => localStorage.setItem('gatehouse.prefs', prefs),
      JSON.stringify({ language: look.language, theme: look.theme }),
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`${look.name}: ${error.message}`));
    page.on('console', (message) => {
      // A browser asks each new origin for an icon by itself.
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
        problems.push(`${look.name}: ${JSON.stringify(message.text().slice(0, 400))} ${message.location().url}`);
    });
    await signIn(page, park, as);
    for (const shot of mine)
      try {
        await page.goto(`${park.station.url}/#/${shot.at}`);
        await page.reload();
        await page.locator('.page, .booth').first().waitFor({ timeout: 15_000 });
        await page.waitForTimeout(700);
        await shot.act?.(page, park);
        await page.screenshot({ path: join(out, `${shot.name}-${look.name}.png`) });
        await shot.after?.(page, park);
      } catch (error) {
        problems.push(
          `${shot.name} ${look.name}: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
        );
        await page.screenshot({ path: join(out, `FAILED-${shot.name}-${look.name}.png`) });
      }
    await context.close();
  }
  return problems;
}

async function livedIn(): Promise<CityDay> {
  const park = await openLivedIn();
  return { park, close: () => park.close() };
}

const opened = { 'lived-in': livedIn, city: openCityDay, bank: openBankMorning };

function index(out: string, shots: readonly Shot[], taken: readonly Look[]): void {
  const cell = (shot: Shot, look: Look): string =>
    `<a href="${shot.name}-${look.name}.png"><img loading="lazy" src="${shot.name}-${look.name}.png" alt="${shot.name} ${look.name}"></a>`;
  const rows = shots.map((shot) => `<h2>${shot.name}</h2><p>${taken.map((look) => cell(shot, look)).join('')}</p>`);
  writeFileSync(
    join(out, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Gatehouse</title><style>body{font:14px sans-serif}img{width:24%;border:1px solid #999}</style>${rows.join('\n')}`,
  );
}

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const [target, filter] = args.filter((arg) => !arg.startsWith('--'));
const executable = findChromium();
if (target === undefined) throw new Error('npm run gallery -- OUT [filter] [--quick]');
if (!executable) throw new Error(NO_CHROMIUM);
const out = resolve(target);
mkdirSync(out, { recursive: true });
const shots = await allShots(filter);
const taken = quick ? looks.slice(0, 1) : looks;
const browser = await launchChromium(executable);
try {
  const problems: string[] = [];
  for (const site of ['lived-in', 'city', 'bank'] as const) {
    const mine = shots.filter((shot) => (shot.site ?? 'lived-in') === site);
    if (mine.length === 0) continue;
    const { park, close } = await opened[site]();
    try {
      for (const look of taken) problems.push(...(await take(browser, park, mine, look, out)));
    } finally {
      await close();
    }
  }
  index(out, shots, taken);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${shots.length} screens in ${taken.length} looks: ${join(out, 'index.html')}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}
