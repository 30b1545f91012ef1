import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import {
  messageDetailSchema,
  messageViewSchema,
  outboxFiguresSchema,
  platformLinkSchema,
} from '../../shared/contract/outbox.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const reason = 'no complete answer within 5000 ms';

test('a message left for the platform to fetch is told apart everywhere, and a person can push it once more', async () => {
  const park = await CarPark.open({ city: {} });
  onTestFinished(() => park.close());
  const { station } = park;
  await park.entry.push('鲁B70001', { image: jpegOfSize(20_000) });
  const entry = await until(
    'the entry arrived',
    async () => (await park.outbox('&status=delivered&message=uploadCarInData')).items[0],
  );
  await park.outboxEmpty();
  // No city leaves a message like this: as a platform does whose specification says so.
  const db = new Database(join(station.data, 'gatehouse.db'), { timeout: 5000 });
  db.prepare('UPDATE outbox SET state = 4, last_error = ? WHERE id = ?').run(reason, entry.id);
  db.close();

  expect((await park.outbox('&status=given-up')).items.map(({ id }) => id)).toEqual([entry.id]);
  expect((await park.outbox('&status=delivered&message=uploadCarInData')).total).toBe(0);
  const detail = await station.get(messageDetailSchema, `/outbox/${entry.id}`);
  expect(detail).toMatchObject({ status: 'given-up', deliveredAt: null, nextAttemptAt: null, held: false });
  expect(detail.why).toEqual({ code: 'given-up', said: reason });
  const [link] = await until('the counts are new', async () => {
    const links = await station.get(z.array(platformLinkSchema), '/outbox/summary');
    return links[0]?.givenUpToday === 1 ? links : undefined;
  });
  expect(link).toMatchObject({ waiting: 0, refused: 0, oldestWaitingSeconds: null });
  const [figures] = await until('the figures are new', async () => {
    const all = await station.get(z.array(outboxFiguresSchema), '/outbox/figures');
    return all[0]?.messages.some((line) => line['given-up'] === 1) ? all : undefined;
  });
  expect(figures?.messages.find(({ message }) => message === 'uploadCarInData')).toMatchObject({
    ...{ delivered: 0, refused: 0, discarded: 0, 'given-up': 1 },
  });
  const metrics = await (await station.raw('/api/v1/metrics')).text();
  expect(metrics).toContain('gatehouse_outbox_given_up_today{platform="qingdao"} 1\n');
  expect(metrics).toContain('gatehouse_outbox_refused{platform="qingdao"} 0\n');

  // Not with many at once, and not to be discarded.
  await expect(station.send(z.unknown(), '/outbox/retry', { status: 'given-up' })).rejects.toThrow(/: 400 /);
  await expect(station.send(z.unknown(), `/outbox/${entry.id}/discard`, { reason: '不要了' })).rejects.toThrow(
    /: 409 /,
  );
  await station.send(messageViewSchema, `/outbox/${entry.id}/retry`, {});
  await park.outboxEmpty();
  expect(await station.get(messageDetailSchema, `/outbox/${entry.id}`)).toMatchObject({
    status: 'delivered',
    attempts: 2,
  });
});
