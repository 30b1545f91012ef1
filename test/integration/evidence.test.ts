import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { evidence, evidenceSchema, journal, verifyReportSchema } from '../../shared/contract/evidence.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const attendant = { name: '小王', password: 'a long night shift', role: 'attendant' };
const exported = z.object({ fileName: z.string(), contentType: z.string(), sha256: z.string(), base64: z.base64() });

async function openCarPark(): Promise<CarPark> {
  const park = await CarPark.open({ city: {}, provision: { users: [attendant] } });
  onTestFinished(() => park.close());
  return park;
}

/** `npm run verify -- …`, without npm. */
async function verify(...args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'verify', ...args], { cwd: root });
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  };
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

const reportOf = (stdout: string) => verifyReportSchema.parse(JSON.parse(stdout));

/** A car that is misread at the entrance, corrected, waved through by hand at the exit after paying cash. */
async function busyDay(park: CarPark): Promise<string> {
  const { entry, exit } = park;
  exit.view = jpegOfSize(4321);
  await entry.push('鲁B1234S', { image: jpegOfSize(9000) });
  await park.order('in1', 'correct-plate', { plate: '鲁B12345', plateColor: 'blue' });
  const { uid } = await park.stayOf('鲁B12345');
  await park.pass(65);
  await exit.push('鲁B12345', { image: jpegOfSize(8000) });
  const charging = await park.laneWhen('out1', 'charging', (lane) => lane.phase === 'charging');
  await park.collect(charging.passage?.bill?.dueFen ?? 0, charging.passage?.id);
  await exit.waitFor(() => exit.arm.state === 'open', 'open arm');
  await park.order('out1', 'open', { reason: '车到闸未抬 <b>&</b>' });
  await until('the picture of the opening', async () => {
    const record = await park.station.get(evidenceSchema, `/sessions/${uid}/evidence`);
    return record.photos.some((photo) => photo.purpose === 'manual') ? true : undefined;
  });
  return uid;
}

test('the evidence of a stay: complete, its digests those of the journal, exported as one audited file', async () => {
  const park = await openCarPark();
  const uid = await busyDay(park);
  await park.outboxEmpty();
  const record = await park.station.get(evidenceSchema, `/sessions/${uid}/evidence`);
  expect(record.stay).toMatchObject({ uid, status: 'left' });
  expect(record.reads.map((read) => read.plate.text)).toEqual(['鲁B1234S', '鲁B12345']);
  expect(record.corrections).toMatchObject([{ before: '鲁B1234S（蓝）', after: '鲁B12345（蓝）', actor: 'admin' }]);
  expect(record.payments).toMatchObject([{ method: 'cash', paidFen: record.stay.paidFen }]);
  expect(record.bills.at(-1)?.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(record.stay.paidFen);
  expect(new Set(record.photos.map((photo) => photo.purpose))).toEqual(new Set(['entry', 'exit', 'manual']));
  expect(record.movements.map((move) => move.origin)).toEqual(['decision', 'payment', 'manual']);
  expect(record.messages.map((message) => message.message)).toEqual(
    expect.arrayContaining(['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData']),
  );
  expect(record.messages.every((message) => message.status === 'delivered')).toBe(true);

  const rows = await park.station.get(z.array(eventViewSchema), '/events?limit=500');
  const hashes = new Map(rows.map((row) => [row.seq, row.hash]));
  for (const row of record.timeline) {
    expect(row.hash).toBe(hashes.get(row.seq));
    expect(row.previousHash).toBe(hashes.get(row.seq - 1) ?? '0'.repeat(64));
    expect(row.intact).toBe(true);
  }

  const denied = await park.station.signIn(attendant.name, attendant.password);
  const path = `/api/v1/sessions/${uid}/evidence/export`;
  expect((await park.station.raw(path, { token: denied })).status).toBe(403);
  const file = await park.station.get(exported, `/sessions/${uid}/evidence/export`);
  const page = Buffer.from(file.base64, 'base64').toString('utf8');
  expect(page).toContain('核对结果：相符');
  expect(page).toContain('车到闸未抬 &lt;b&gt;&amp;&lt;/b&gt;');
  const [audit] = await park.events('evidence-exported');
  expect(audit).toMatchObject({
    ...{ key: uid, actor: { kind: 'user', name: 'admin' } },
    body: { uid, sha256: file.sha256, seq: (audit?.seq ?? 0) - 1 },
  });
});

test('a busy station verifies clean while it runs, over the API and by command; afterwards an edit shows', async () => {
  const park = await openCarPark();
  const { station } = park;
  const uid = await busyDay(park);
  let busy = true;
  const traffic = (async () => {
    for (let n = 0; busy; n++) await park.entry.push(`鲁B3${String(n).padStart(4, '0')}`);
  })();
  const [overApi, byCommand] = await Promise.all([
    station.send(verifyReportSchema, '/journal/verify', { photos: true }),
    verify('--data', station.data, '--photos', '--json'),
  ]);
  busy = false;
  await traffic;
  expect(overApi).toMatchObject({ whole: true, tables: true, findings: [] });
  expect(byCommand.code).toBe(0);
  expect(byCommand.stderr).not.toBe('');
  const report = reportOf(byCommand.stdout);
  expect(report).toMatchObject({ whole: true, tables: true, findings: [] });
  const token = await station.signIn(attendant.name, attendant.password);
  expect((await station.raw('/api/v1/journal/verify', { method: 'POST', body: {}, token })).status).toBe(403);

  expect(await station.sigterm()).toBe(0);
  const anchor = `${report.anchor.seq}:${report.anchor.hash}`;
  expect((await verify('--data', station.data, '--expect', anchor)).code).toBe(0);

  const db = new Database(join(station.data, 'gatehouse.db'));
  db.prepare('UPDATE payments SET paid_fen = paid_fen - 100 WHERE uid = ?').run(uid);
  db.close();
  const edited = await verify('--data', station.data);
  expect(edited.code).toBe(1);
  expect(edited.stdout).toMatch(/^不符 \[row-differs\] 表 payments 的行 .*paid_fen 按流水应为 \d+，表里是 \d+$/m);
  expect(edited.stdout).toContain('锚点：');
  rmSync(join(station.data, 'gatehouse.db'));
  expect((await verify('--data', station.data)).code).toBe(4);
});

test('wrong arguments are said, with code 2', async () => {
  expect(await verify()).toMatchObject({ code: 2, stderr: expect.stringContaining('--data') });
  expect((await verify('--data', '/', '--expect', '12')).code).toBe(2);
  expect((await verify('--data', '/', '--frm', '12')).code).toBe(2);
});

test('the contract says who may look and who may take it away', () => {
  expect(evidence.get['~orpc'].meta.access).toBe('attendant');
  expect(evidence.export['~orpc'].meta.access).toBe('manager');
  expect(journal.verify['~orpc'].meta.access).toBe('manager');
});
