import type { Page } from 'playwright-core';
import { changeOrder, changeOrderBecomes } from './change-handlers.ts';
import { big, keys, type Shot } from './scene-kit.ts';
import type { ServedFake } from './serve.ts';

type Act = NonNullable<Shot['act']>;

const drawer: Act = async (page) => {
  await keys('d', '1')(page);
};

const refused: Act = async (page, { station }) => {
  station.papers.push({ outcome: 'refused', detail: '打印机 192.168.1.60:9100 未连接' });
  await keys('d', '1', 'Enter')(page);
  await page.locator('.notice[data-tone=problem]').waitFor();
};

/** Nobody stands at the screen when a receipt that prints by itself finds no paper. */
const byItself: Act = async (page, { station }) => {
  station.addEvent({
    ...{ kind: 'receipt-printed', key: 'uid-1', laneId: 'out2', passageId: null },
    actor: { kind: 'station', name: 'station' },
    body: {
      ...{ what: 'payment', id: 'bill-1', copy: 1, deviceId: 'prn-out2', automatic: true },
      ...{ outcome: 'refused', detail: '打印机缺纸，未打印' },
    },
  });
  await page.waitForTimeout(300);
};

async function orders(page: Page, { station }: ServedFake): Promise<void> {
  changeOrderBecomes(station, changeOrder(station, 'out2', 1_500));
  changeOrderBecomes(station, changeOrder(station, 'out2', 620));
  await page.waitForTimeout(300);
  await keys('c')(page);
  await page.locator('.change-detail').waitFor();
}

const ticket: Act = async (page, served) => {
  await orders(page, served);
  await keys('r')(page);
  await page.getByText(/找零单已打印|The ticket is printed/).waitFor();
};

const noTicket: Act = async (page, served) => {
  served.station.papers.push({ outcome: 'refused', detail: '打印机缺纸，未打印' });
  await orders(page, served);
  await keys('r')(page);
  await page.locator('.dialog-hint[data-problem=true]').waitFor();
};

const passed = keys('F8', 'ArrowDown');

const evidence: Act = async (page, { station }) => {
  const uid = station.scene.stays.find(({ exitedAt, paidFen }) => exitedAt !== null && paidFen > 0)?.uid;
  await page.evaluate(`location.hash = '#/stays/${uid}'`);
  await page.locator('.evidence').waitFor();
  await page.locator('.evidence-paper').scrollIntoViewIfNeeded();
};

const acts: readonly (readonly [string, string, Act])[] = [
  ['drawer', 'hardware', drawer],
  ['drawer-refused', 'hardware', refused],
  ['by-itself', 'hardware', byItself],
  ['ticket', 'hardwarePays', ticket],
  ['ticket-refused', 'hardwarePays', noTicket],
  ['maybe-passed', 'paperMaybe', passed],
  ['maybe-evidence', 'paperMaybe', evidence],
];

/** Paper and drawer at the booth. */
export const paperShots: readonly Shot[] = acts.flatMap(([name, scenario, act]): readonly Shot[] => [
  { name: `paper-${name}`, scenario, act },
  { name: `paper-${name}-dark-en`, scenario, dark: true, english: true, act },
  { name: `paper-${name}-big`, scenario, act, ...big },
  { name: `paper-${name}-big-dark`, scenario, dark: true, act, ...big },
]);
