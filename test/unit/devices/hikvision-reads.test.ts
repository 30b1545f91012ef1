import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlateRead } from '../../../electron/station/devices/device.ts';
import { HikvisionCamera } from '../../../electron/station/devices/hikvision/camera.ts';
import { HikvisionEndpoint } from '../../../electron/station/devices/hikvision/endpoint.ts';
import { settingsSchema } from '../../../electron/station/devices/hikvision/settings.ts';
import { tinyJpeg } from '../../peers/jpeg.ts';
import { HIK_BOUNDARY, HIK_EVENT, hikForm } from './hikvision-samples.ts';
import { Bench, request } from './recording.ts';

/** Which messages of a camera are one read. */

let bench: Bench;
let camera: HikvisionCamera;
let endpoint: HikvisionEndpoint;
beforeEach(() => {
  bench = new Bench();
  const settings = { serialNo: '44:19:b6:00:00:01', host: '127.0.0.1', port: 9, password: 'Abc12345', receive: 'push' };
  camera = new HikvisionCamera('cam1', settingsSchema.parse(settings), bench.deps);
  endpoint = new HikvisionEndpoint([camera], bench);
  return camera.start();
});
afterEach(() => camera.stop());

interface Told {
  readonly second?: number;
  readonly plate?: string;
  readonly more?: boolean;
}
const push = async ({ second = 0, plate = '粤B12345', more = false }: Told): Promise<PlateRead | undefined> => {
  const xml = HIK_EVENT.replace('09:30:00', `09:30:0${second}`)
    .replace('粤B12345', plate)
    .replace('</ANPR>', `<hasMoreData>${more}</hasMoreData></ANPR>`)
    .replace(more ? /<pictureInfoList>.*<\/pictureInfoList>/s : '', '');
  const body = hikForm(xml, more ? [] : [tinyJpeg()]);
  await endpoint.handle(request(body, { contentType: `multipart/form-data; boundary=${HIK_BOUNDARY}` }));
  return bench.reads.at(-1);
};

describe('a plate that is told first, and its picture behind it', () => {
  it('are one read by their UUID, whatever moment the second one has', async () => {
    const first = await push({ more: true });
    const rest = await push({ second: 1 });
    expect(first).toMatchObject({ photo: null });
    expect(first?.completes).toBeUndefined();
    expect(rest).toMatchObject({ plateId: first?.plateId, completes: true, photo: expect.anything() });
    // Not answered in time, it comes once more.
    expect(await push({ second: 1 })).toMatchObject({ plateId: first?.plateId, completes: true });
    expect(bench.lines.filter(({ message }) => /another plate/.test(message))).toEqual([]);
  });

  it('where the second one names another plate, too; that is logged', async () => {
    const first = await push({ more: true });
    expect(await push({ second: 1, plate: '粤B12346' })).toMatchObject({ plateId: first?.plateId, completes: true });
    expect(bench.lines.filter(({ message }) => /another plate/.test(message))).toHaveLength(1);
  });

  it('takes no other car with it, where a firmware never changes its UUID', async () => {
    const first = await push({ more: true });
    await push({ second: 1 });
    const next = await push({ second: 5, plate: '粤B22222', more: true });
    expect(next?.plateId).not.toBe(first?.plateId);
    expect(await push({ second: 6, plate: '粤B22222' })).toMatchObject({ plateId: next?.plateId, completes: true });
    const whole = await push({ second: 9, plate: '粤B33333' });
    expect([first?.plateId, next?.plateId]).not.toContain(whole?.plateId);
    expect(whole?.completes).toBeUndefined();
  });

  it('is not waited for without end', async () => {
    const first = await push({ more: true });
    await bench.clock.advance(31_000);
    expect((await push({ second: 1 }))?.plateId).not.toBe(first?.plateId);
  });
});

it.each([
  ['0', '0', undefined],
  ['1', '0', true],
  ['1', '1', undefined],
])('alarmDataType %s, barrierGateCtrlType %s: it had opened: %s', async (kept, moved, opened) => {
  const xml = HIK_EVENT.replace(
    '<alarmDataType>0</alarmDataType>',
    `<alarmDataType>${kept}</alarmDataType><barrierGateCtrlType>${moved}</barrierGateCtrlType>`,
  );
  const body = hikForm(xml, [tinyJpeg()]);
  await endpoint.handle(request(body, { contentType: `multipart/form-data; boundary=${HIK_BOUNDARY}` }));
  expect(bench.reads[0]?.openedByCamera).toBe(opened);
});
