import type { QingdaoKeys, QingdaoPlatform } from '../peers/qingdao/index.ts';
import { ADMIN } from './station-process.ts';

export const ACCESS_ID = '234';
export const PARKING_CODE = '1001';
export const ENTRY_SERIAL = 'SN-IN-1';
export const EXIT_SERIAL = 'SN-OUT-1';

export interface QingdaoLink {
  readonly city: QingdaoPlatform;
  readonly keys: QingdaoKeys;
  readonly brokerUrl?: string;
  /** Laid over the settings below. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface ProvisionOptions {
  /** Port of the station, which cameras are told when a picture is wanted. */
  readonly port?: number;
  readonly qingdao?: QingdaoLink;
  readonly site?: Readonly<Record<string, unknown>>;
  readonly users?: readonly { readonly name: string; readonly password: string; readonly role: string }[];
  readonly camera?: Readonly<Record<string, unknown>>;
  /** Ways to be paid, in the order in which an exit asks them. */
  readonly channels?: readonly string[];
  /** The booth has a receipt printer, with a drawer. */
  readonly printer?: boolean;
}

/** Pauses of a test's length; what they do is the same as with the real ones. */
const QUICK = {
  outbox: { firstMs: 200, maxMs: 1000, probeMs: 300 },
  intervals: { parkingStateMs: 1000, heartbeatMs: 1000 },
};

function qingdaoSettings({ city, keys, brokerUrl, settings }: QingdaoLink): object {
  return {
    enabled: true,
    baseUrl: city.baseUrl,
    accessId: ACCESS_ID,
    parkingCode: PARKING_CODE,
    platformPublicKey: keys.platformPublicKey,
    userPrivateKey: keys.userPrivateKey,
    ...QUICK,
    ...(brokerUrl === undefined
      ? {}
      : { mqtt: { url: brokerUrl, reconnectFirstMs: 100, reconnectMaxMs: 1000, connectTimeoutMs: 2000 } }),
    ...settings,
  };
}

/**
 * One entrance and one exit with Vzenith cameras, which also move the arms. 5 yuan for the first hour, 2 yuan
 * for each further half hour, at most 30 yuan in 24 hours; a stay of one minute is free.
 */
export function provision(options: ProvisionOptions = {}) {
  const camera = (serialNo: string) => ({
    serialNo,
    ...(options.port === undefined ? {} : { snapshotPort: options.port }),
    ...options.camera,
  });
  return {
    site: { code: PARKING_CODE, name: '测试停车场', totalSpaces: 150, openSpaces: 130, ...options.site },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
    lanes: [
      {
        ...{ id: 'in1', name: '东门入口', direction: 'in', number: 1 },
        ...{ area: 'a1', booth: '1', camera: 'cam-in1', barrier: 'bar-in1' },
      },
      {
        ...{ id: 'out1', name: '东门出口', direction: 'out', number: 2 },
        ...{ area: 'a1', booth: '1', camera: 'cam-out1', barrier: 'bar-out1' },
        ...(options.printer === true ? { printer: 'prn-1' } : {}),
      },
    ],
    devices: [
      { id: 'cam-in1', kind: 'camera', driver: 'vzenith-http', settings: camera(ENTRY_SERIAL) },
      { id: 'cam-out1', kind: 'camera', driver: 'vzenith-http', settings: camera(EXIT_SERIAL) },
      { id: 'bar-in1', kind: 'barrier', driver: 'camera', settings: { camera: 'cam-in1' } },
      { id: 'bar-out1', kind: 'barrier', driver: 'camera', settings: { camera: 'cam-out1' } },
      ...(options.printer === true ? [{ id: 'prn-1', kind: 'printer', driver: 'virtual', settings: {} }] : []),
    ],
    tariffs: [
      {
        id: 't1',
        name: '标准',
        rules: [
          {
            vehicleClasses: ['small', 'medium', 'large'],
            freeMinutes: 1,
            firstPeriod: { minutes: 60, feeFen: 500 },
            followingPeriod: { minutes: 30, feeFen: 200 },
            capPer24hFen: 3000,
          },
        ],
      },
    ],
    ...(options.channels === undefined ? {} : { channels: options.channels }),
    users: [{ ...ADMIN, role: 'admin' }, ...(options.users ?? [])],
    platforms: options.qingdao === undefined ? {} : { qingdao: qingdaoSettings(options.qingdao) },
  };
}
