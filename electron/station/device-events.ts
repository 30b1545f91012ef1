import { STATION } from '../../shared/domain/events.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { BerthRuntime } from './berths/runtime.ts';
import type { BerthReading, DeviceEvents, PlateRead } from './devices/device.ts';
import type { Claimed, GateKeeper } from './lanes/gate-keeper.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { Alarms } from './runtime/alarms.ts';
import { errorText } from './runtime/errors.ts';
import type { Clock, Log } from './runtime/ports.ts';
import type { PhotoVault } from './store/photo-vault.ts';
import type { Store } from './store/store.ts';

/** Two seconds, and one for the way and the camera's whole seconds. */
const CAMERA_CLOCK_MS = 3_000;

/** A camera that opened by itself and has not for so long does so no more. */
const ALONE_MS = 24 * 3_600_000;

/** Where the words of the devices go: reads to the lanes, pictures to the vault, trouble to the alarms, all of it to the journal. */
export function deviceEvents(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly lanes: LaneRuntime;
  /** Absent: nobody watches the kerb. */
  readonly berths?: Pick<BerthRuntime, 'told'>;
  readonly gates: GateKeeper;
  readonly photos: PhotoVault;
  readonly alarms: Alarms;
  /** Takes the codes that scan guns read. */
  readonly scanned: (deviceId: string, code: string | null) => void;
  readonly log: Log;
}): DeviceEvents {
  const { store, clock, lanes, berths, gates, photos, alarms, log } = deps;
  const laneOf = (deviceId: string) =>
    lanes
      .lanes()
      .find((lane) => [lane.camera, lane.exitCamera, lane.barrier, lane.io, lane.display].includes(deviceId));
  /** Every lane whose arm a safety loop of the device may lie under. */
  const lanesOf = (deviceId: string) =>
    lanes
      .lanes()
      .filter(
        (lane) =>
          [lane.camera, lane.exitCamera, lane.barrier, lane.io, lane.display].includes(deviceId) ||
          gates.hangsOn(lane, deviceId),
      );
  const away = new Set<string>();
  const about = (deviceId: string) => ({
    key: null,
    laneId: laneOf(deviceId)?.id ?? null,
    passageId: null,
    actor: STATION,
  });
  /** Drivers tell from timers and sockets, above which nobody catches: a full disk ends neither the program nor the rest of what is to be done. */
  const safely = (deviceId: string, what: string, task: () => void): void => {
    try {
      task();
    } catch (error) {
      log.error('what a device told could not be dealt with', { device: deviceId, what, error: errorText(error) });
    }
  };
  const noteState: DeviceEvents['state'] = (deviceId, state, detail) => {
    const back = state === 'online' && away.delete(deviceId);
    if (state === 'offline') away.add(deviceId);
    store.write((tx) => tx.record({ ...about(deviceId), kind: 'device-state', body: { deviceId, state, detail } }));
    if (state === 'online') {
      alarms.clear('device-offline', deviceId);
      if (back) lanes.deviceBack(deviceId);
      else lanes.deviceThere(deviceId);
      return;
    }
    lanes.deviceAway(deviceId);
    alarms.raise({
      code: 'device-offline',
      subject: deviceId,
      detail: `设备 ${deviceId} 离线：${detail}`,
      severity: 'alarm',
    });
  };
  /** The fee counts from the station's clock alone; a camera that disagrees stamps its pictures wrongly. */
  const noteOffset = (read: PlateRead): void => {
    if (read.stored || read.capturedAt === null) return;
    const apartMs = Math.abs(read.receivedAt - read.capturedAt);
    if (apartMs <= CAMERA_CLOCK_MS) alarms.clear('camera-clock', read.deviceId);
    else
      alarms.raise({
        code: 'camera-clock',
        subject: read.deviceId,
        detail: `相机 ${read.deviceId} 的时钟与本机相差 ${Math.round(apartMs / 1000)} 秒`,
        figures: { seconds: Math.round(apartMs / 1000) },
        severity: 'warning',
      });
  };
  const openedAloneAt = new Map<string, EpochMs>();
  /** The arm went up and no order of ours says why. */
  const noteOpening = ({ deviceId, plate, receivedAt, stored, openedByCamera }: PlateRead): void => {
    if (stored) return;
    const before = openedAloneAt.get(deviceId);
    if (openedByCamera !== true) {
      if (before !== undefined && receivedAt - before > ALONE_MS) alarms.clear('camera-opens', deviceId);
      return;
    }
    openedAloneAt.set(deviceId, receivedAt);
    alarms.raise({
      ...{ code: 'camera-opens', subject: deviceId, severity: 'alarm' },
      detail: `相机 ${deviceId} 自行开闸（${plate.text || '未识别车牌'}），请关闭相机自带的白名单和脱机开闸`,
    });
  };
  const noteBerthClock = ({ deviceId, offsetMs, clockWrong }: BerthReading): void => {
    if (offsetMs === null) return;
    if (!clockWrong) {
      alarms.clear('berth-clock', deviceId);
      return;
    }
    const seconds = Math.round(Math.abs(offsetMs) / 1000);
    alarms.raise({
      ...{ code: 'berth-clock', subject: deviceId, figures: { seconds }, severity: 'warning' },
      detail: `泊位设备 ${deviceId} 的时钟与本机相差 ${seconds} 秒，车辆时间按本机收到时计`,
    });
  };
  const keepPicture = ({ photoId, lane, retake }: Claimed, jpeg: Uint8Array): void => {
    const { id, takenAt, name, bytes, sha256 } = photos.put(photoId, clock.now(), jpeg);
    if (retake && lanes.retaken(lane, retake, { id, takenAt, name, bytes, sha256 })) return;
    store.write((tx) =>
      tx.record({
        kind: 'photo-taken',
        ...{ key: null, laneId: lane.id, passageId: null, actor: STATION },
        body: { photoId: id, purpose: 'manual', stay: null, takenAt, name, bytes, sha256 },
      }),
    );
  };
  return {
    plate: (read) => {
      // Of a read that is told again nobody knows how long it was on its way.
      if (!lanes.plate(read)) return;
      noteOffset(read);
      noteOpening(read);
    },
    berths: (reading) => {
      const heard = berths?.told(reading) ?? { unknown: reading.berths.map(({ code }) => code), failed: [] };
      noteBerthClock(reading);
      return heard;
    },
    input: (deviceId, role, on) => {
      const lane = laneOf(deviceId);
      // Before anything is written down: nothing falls onto a car, however full the disk is.
      const under = role === 'safety-loop' ? lanesOf(deviceId) : [];
      for (const each of under) safely(deviceId, role, () => gates.safetyLoop(each, deviceId, on));
      safely(deviceId, 'lane-input', () =>
        store.write((tx) => tx.record({ ...about(deviceId), kind: 'lane-input', body: { deviceId, role, on } })),
      );
      for (const each of under) safely(deviceId, role, () => lanes.safetyLoop(each.id, on));
      if (lane && role === 'trigger-loop') safely(deviceId, role, () => lanes.triggerLoop(lane.id, on));
    },
    state: (deviceId, state, detail) => {
      // Drivers find out from timers, above which nobody catches, and beside plates, which must not be lost to this.
      try {
        noteState(deviceId, state, detail);
      } catch (error) {
        log.error('the state of a device could not be stored', { device: deviceId, state, error: errorText(error) });
      }
    },
    arm: () => undefined,
    scanned: (deviceId, code) => {
      try {
        deps.scanned(deviceId, code);
      } catch (error) {
        log.error('a code that was scanned could not be taken', { device: deviceId, error: errorText(error) });
      }
    },
    fault: (deviceId, code, detail) => {
      const known = { code: `device-${code}`, subject: deviceId };
      safely(deviceId, code, () => {
        if (detail === null) alarms.clear(known.code, known.subject);
        else alarms.raise({ ...known, detail, severity: 'warning' });
      });
    },
    snapshot: (deviceId, jpeg) => {
      const claimed = gates.claimSnapshot(deviceId);
      if (!claimed) {
        log.debug('a picture that nobody asked for', { device: deviceId });
        return;
      }
      safely(deviceId, 'snapshot', () => {
        try {
          keepPicture(claimed, jpeg);
          claimed.ended(null);
        } catch (error) {
          claimed.ended('图片没有存下');
          throw error;
        }
      });
    },
  };
}
