import type { Page } from 'playwright-core';
import { z } from 'zod';
import { runViewSchema } from '../../shared/contract/reconciliations.ts';
import { shanghaiDate, toRfc3339 } from '../../shared/domain/time.ts';
import type { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';
import type { Shot } from './shot.ts';

/** Dialogs and drawers come in slowly. */
async function shown(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(500);
}
const opened =
  (which: string) =>
  async (page: Page, park: CarPark): Promise<void> => {
    await refuseOne(park);
    await page.goto(`${page.url().split('#')[0]}#/outbox?${which}`);
    await page.getByRole('grid').getByRole('row').nth(1).press('Enter');
    await shown(page);
  };
/** The city refuses the entry of one car more, so that there is something to find out about. */
async function refuseOne(park: CarPark): Promise<void> {
  if ((await park.outbox('&status=refused')).total > 0) return;
  const refusal = { kind: 'result-code', code: 400, msg: '车牌颜色与车辆类型不符' } as const;
  park.city.fault(refusal, { times: 1, interface: 'uploadCarInData' });
  await park.register('鲁B7T553', 40);
  await until('it is refused', async () => ((await park.outbox('&status=refused')).total > 0 ? true : undefined));
}
const press =
  (name: RegExp) =>
  async (page: Page, park: CarPark): Promise<void> => {
    await refuseOne(park);
    await page.getByRole('button', { name: /^刷\s?新$|^Refresh$/ }).click();
    await page.getByRole('button', { name }).first().click();
    await shown(page);
  };

/** Compares the day of the pictures, and shows what was found. */
async function compared(page: Page, park: CarPark): Promise<void> {
  const [newest] = z.array(z.looseObject({ at: z.string() })).parse((await park.events('photo-taken')).slice(0, 1));
  const day = shanghaiDate(Date.parse(newest?.at ?? toRfc3339(Date.now())));
  const { id } = await park.station.send(runViewSchema, '/reconciliations', { platform: 'qingdao', date: day });
  await until('compared', async () =>
    (await park.station.get(runViewSchema, `/reconciliations/${id}`)).state === 'running' ? undefined : true,
  );
  await page.goto(`${page.url().split('#')[0]}#/outbox/runs%2F${id}`);
  await page.locator('.run-figures').waitFor();
}

export const shots: readonly Shot[] = [
  { name: 'outbox', at: 'outbox' },
  { name: 'outbox-attendant', at: 'outbox', as: 'attendant' },
  { name: 'outbox-empty', at: 'outbox?key=none' },
  { name: 'outbox-refused', at: 'outbox', act: opened('status=refused') },
  { name: 'outbox-delivered', at: 'outbox', act: opened('status=delivered&message=uploadCarOutData') },
  { name: 'outbox-bulk', at: 'outbox?status=refused', act: press(/重发筛选出的|Send these/) },
  { name: 'outbox-backfill', at: 'outbox', act: press(/^补\s?报$|^Back-fill$/) },
  { name: 'outbox-run', at: 'outbox', act: compared },
  { name: 'outbox-runs', at: 'outbox/runs' },
];
