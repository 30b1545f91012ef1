import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { verifyOnThread } from '../../electron/station/evidence/verify-thread.ts';
import { configurationDocumentSchema } from '../../shared/contract/configuration.ts';
import { verifyReportSchema } from '../../shared/contract/evidence.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN, tempDirectory } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const view = z.object({ revision: z.int(), document: configurationDocumentSchema });
const anything = z.unknown();

test('a car park that was changed, brought back, changed again and killed in between is whole, from its first row to its last', async () => {
  const park = await CarPark.open();
  const elsewhere = tempDirectory();
  onTestFinished(async () => {
    await park.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });
  let cars = 0;
  const drive = async (): Promise<void> => {
    cars += 1;
    const { reply } = await park.entry.push(`鲁B6000${cars}`, { image: jpegOfSize(10_000) });
    expect(reply?.info).toBe('ok');
  };
  const opened = (times: number) =>
    until(
      `opened ${times} times`,
      () => park.station.stderr.filter((line) => line.includes('"the station runs"')).length >= times || undefined,
      20_000,
    );
  /** The name of the car park is no rule: it needs a new start. */
  const rename = async (name: string, times: number): Promise<void> => {
    const { revision, document } = await park.station.get(view, '/configuration');
    const { rules: _rules, ...site } = document.site;
    const renamed = { ...document, site: { ...site, name } };
    await park.station.send(anything, '/configuration', { document: renamed, expectedRevision: revision });
    await opened(times);
  };

  await park.station.send(
    anything,
    '/backups/settings',
    { directory: elsewhere, dailyAt: '', keepDays: 14, photos: true, warnBelowMb: 0 },
    'PUT',
  );
  await drive();
  await rename('一号停车场', 2);
  await park.register('鲁B60099', 90);
  const { id } = await park.station.send(z.looseObject({ id: z.string() }), '/backups', {});
  await rename('二号停车场', 3);
  await drive();
  await park.station.send(anything, `/backups/${id}/restore`, { password: ADMIN.password });
  await opened(4);
  expect((await park.station.get(view, '/configuration')).document.site.name).toBe('一号停车场');
  await park.exit.push('鲁B60099');
  const { bill, passage } = await park.laneWhen('out1', 'asks for money', (lane) => lane.bill !== null);
  await park.collect(bill?.dueFen ?? 0, passage?.id);
  await rename('三号停车场', 5);
  await park.station.kill9();
  await park.restart();
  await drive();
  expect((await park.station.get(view, '/configuration')).document.site.name).toBe('三号停车场');

  const running = await park.station.send(verifyReportSchema, '/journal/verify', { photos: true });
  expect(running).toMatchObject({ whole: true, fromSeq: 1, tables: true, findings: [] });
  await park.station.sigterm();
  const stopped = await verifyOnThread(
    { dataDirectory: park.station.data, photos: true, expect: [running.anchor] },
    AbortSignal.timeout(30_000),
  );
  expect(stopped).toMatchObject({ whole: true, fromSeq: 1, tables: true, findings: [] });
});
