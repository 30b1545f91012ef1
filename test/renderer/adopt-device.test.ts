import { expect, it } from 'vitest';
import { parseProvision } from '../../electron/station/provision.ts';
import { alarmText } from '../../renderer/events/alarm-text.ts';
import { adoptDevice, indexOfSerial } from '../../renderer/features/settings/adopt-device.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import type { ConfigurationDocument } from '../../shared/contract/configuration.ts';
import type { FoundDevice } from '../../shared/contract/devices.ts';

const found: FoundDevice = {
  ...{ kind: 'camera', driver: 'vzenith-http', serialNo: 'SN-NEW', address: '192.168.1.9', name: null, requests: 3 },
  ...{ firstSeenAt: '2026-03-02T08:00:00.000+08:00', lastSeenAt: '2026-03-02T08:00:00.000+08:00' },
  ...{ plate: null, hasPicture: false },
  suggestion: { id: 'cam-SNNEW', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'SN-NEW' } },
};

const camera = (id: string, serialNo: string) => ({
  id,
  kind: 'camera',
  driver: 'vzenith-http',
  settings: { serialNo },
});
const arm = (id: string, of: string) => ({ id, kind: 'barrier', driver: 'camera', settings: { camera: of } });

function draft(): ConfigurationDocument {
  const {
    $schema: _schema,
    users: _users,
    ...document
  } = parseProvision({
    site: { code: '1001', name: '测试停车场', totalSpaces: 150, openSpaces: 130 },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
    lanes: [
      { id: 'in1', name: '入口', direction: 'in', number: 1, area: 'a1', camera: 'cam-in1', barrier: 'bar-in1' },
      { id: 'out1', name: '出口', direction: 'out', number: 2, area: 'a1', camera: 'cam-out1', barrier: 'bar-out1' },
    ],
    devices: [
      camera('cam-in1', 'SN1'),
      camera('cam-out1', 'SN2'),
      arm('bar-in1', 'cam-in1'),
      arm('bar-out1', 'cam-out1'),
    ],
  });
  return { ...document, platforms: {} };
}
/** What the station says to it. */
const accepted = (document: ConfigurationDocument) => parseProvision(structuredClone(document));

it('a found camera at a new lane brings lane and arm along, and the station takes the document', () => {
  const to = draft();
  adoptDevice(to, found, { kind: 'new', direction: 'in', name: '西门入口' }, true);
  const lane = accepted(to).lanes.at(-1);
  expect(lane).toMatchObject({ name: '西门入口', direction: 'in', camera: 'cam-SNNEW', number: 3 });
  expect(to.devices.find(({ id }) => id === lane?.barrier)).toMatchObject({ settings: { camera: 'cam-SNNEW' } });
  expect(indexOfSerial(to, found)).toBe(4);
});

it('in the place of another it keeps the id, what was set there, and the arm', () => {
  const to = draft();
  Object.assign(to.devices[0]?.settings ?? {}, { snapshotPort: 8701 });
  adoptDevice(to, found, { kind: 'lane', laneId: 'in1', field: 'camera' }, true);
  expect(to.devices).toHaveLength(4);
  expect(to.devices[0]).toMatchObject({ id: 'cam-in1', settings: { serialNo: 'SN-NEW', snapshotPort: 8701 } });
  expect(accepted(to).lanes[0]).toMatchObject({ camera: 'cam-in1', barrier: 'bar-in1' });
});

it('nowhere yet: only the device, under an id that is free in what is being edited', () => {
  const to = draft();
  to.devices.push({ id: 'cam-SNNEW', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'OTHER' } });
  adoptDevice(to, found, { kind: 'none' }, true);
  expect(accepted(to).devices.at(-1)?.id).toBe('cam-SNNEW-1');
});

it('alarms of backup, disk and settings speak English too, with what the station said beside', () => {
  startI18n('en');
  const english = (code: string, detail: string) =>
    alarmText({ code, subject: 'x', detail }, wordsOf('en'), (id) => id);
  expect(english('disk-low', '数据所在磁盘只剩 90 MB').text).toMatch(/disk/i);
  for (const code of ['disk-low', 'backup-failed', 'configuration-refused'])
    expect(english(code, '细节').text).not.toMatch(/\p{Script=Han}/u);
});
