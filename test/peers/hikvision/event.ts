import { escapeXml } from './xml.ts';

const NAMESPACES = {
  isapi: 'http://www.isapi.org/ver20/XMLSchema',
  hikvision: 'http://www.hikvision.com/ver20/XMLSchema',
} as const;

/** How this firmware writes. All of it occurs in the field. */
export interface Dialect {
  readonly namespace: keyof typeof NAMESPACES;
  /** Elements with a prefix. */
  readonly prefix?: string;
  readonly boundary: string;
  /** Name and file name of the part with the event. */
  readonly eventPart: string;
  readonly eventType: string;
  /** Names of pictures get a suffix `_1`, `_2` …, also where there is one of a kind. */
  readonly numberPictures: boolean;
}

export const DIALECT: Dialect = {
  namespace: 'isapi',
  boundary: '---------------------------7e13971310878',
  eventPart: 'anpr.xml',
  eventType: 'text/xml',
  numberPictures: false,
};

export interface Picture {
  readonly type: 'licensePlatePicture' | 'detectionPicture' | 'vehiclePicture';
  readonly bytes: Buffer;
  /** Not along with the event, but to be fetched from the camera. */
  readonly byUrl?: boolean;
}

/** What a test may say of one read. Everything else is as in a sound read of a blue plate. */
export interface HikRead {
  /** `unknown` or `无车牌` when none was read. */
  readonly plate: string;
  readonly plateColor?: string;
  readonly plateType?: string;
  readonly vehicleType?: string;
  readonly confidence?: number;
  readonly direction?: string;
  readonly line?: number;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  /** `null`: this firmware gives none. */
  readonly uuid?: string | null;
  readonly pictures?: readonly Picture[];
  /** 1: kept from earlier. */
  readonly alarmDataType?: 0 | 1;
  /** 0: the camera had opened for it. */
  readonly barrierGateCtrlType?: number;
  /** The full event follows. */
  readonly hasMoreData?: boolean;
  /** Further elements of `ANPR`, by their names. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface NamedPicture extends Picture {
  readonly fileName: string;
  readonly url: string | null;
}

export interface CameraFace {
  readonly ip: string;
  readonly mac: string;
}

/** Epoch ms as the camera writes it, on Beijing time. */
export const wireTime = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** Elements in their order; a value may be a list of elements itself. */
type Tree = readonly (readonly [name: string, value: string | number | Tree])[];

function write(tree: Tree, prefix: string): string {
  return tree
    .map(([name, value]) => {
      const inside = typeof value === 'object' ? write(value, prefix) : escapeXml(String(value));
      return `<${prefix}${name}>${inside}</${prefix}${name}>`;
    })
    .join('');
}

/** A whole document of this firmware. */
export function document(root: string, tree: Tree, dialect: Pick<Dialect, 'namespace' | 'prefix'>): string {
  const prefix = dialect.prefix === undefined ? '' : `${dialect.prefix}:`;
  const xmlns = dialect.prefix === undefined ? 'xmlns' : `xmlns:${dialect.prefix}`;
  const head = `<${prefix}${root} version="2.0" ${xmlns}="${NAMESPACES[dialect.namespace]}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>${head}${write(tree, prefix)}</${prefix}${root}>`;
}

/** Names as the camera gives them: a suffix where there are several of a kind. */
export function namePictures(
  pictures: readonly Picture[],
  dialect: Dialect,
  url: (picture: Picture) => string,
): NamedPicture[] {
  const counts = new Map<string, number>();
  return pictures.map((picture) => {
    const count = (counts.get(picture.type) ?? 0) + 1;
    counts.set(picture.type, count);
    const several = dialect.numberPictures || pictures.filter(({ type }) => type === picture.type).length > 1;
    const fileName = `${picture.type}${several ? `_${count}` : ''}.jpg`;
    return { ...picture, fileName, url: picture.byUrl === true ? url(picture) : null };
  });
}

const pictureInfo = ({ fileName, type, url }: NamedPicture): Tree => [
  [
    'pictureInfo',
    [
      ...([['fileName', fileName]] as const),
      ['type', type],
      ['dataType', url === null ? 0 : 1],
      ...(url === null ? [] : ([['pictureURL', url]] as const)),
    ],
  ],
];

function anpr(read: HikRead, pictures: readonly NamedPicture[]): Tree {
  return [
    ['licensePlate', read.plate],
    ['line', read.line ?? 1],
    ['direction', read.direction ?? 'forward'],
    ['confidenceLevel', read.confidence ?? 97],
    ['plateType', read.plateType ?? '92TypeCivil'],
    ['plateColor', read.plateColor ?? 'blue'],
    ['plateCharBelieve', '99,99,98,97,99,99,96'],
    ['vehicleType', read.vehicleType ?? 'vehicle'],
    ['alarmDataType', read.alarmDataType ?? 0],
    ...(read.barrierGateCtrlType === undefined ? [] : ([['barrierGateCtrlType', read.barrierGateCtrlType]] as const)),
    ...(read.hasMoreData === undefined ? [] : ([['hasMoreData', String(read.hasMoreData)]] as const)),
    ...Object.entries(read.extra ?? {}),
    ...(pictures.length === 0 ? [] : ([['pictureInfoList', pictures.flatMap(pictureInfo)]] as const)),
  ];
}

const envelope = (face: CameraFace, at: number, type: string, state: string): Tree => [
  ['ipAddress', face.ip],
  ['portNo', 80],
  ['protocol', 'HTTP'],
  ['macAddress', face.mac],
  ['channelID', 1],
  ['dateTime', wireTime(at)],
  ['activePostCount', 1],
  ['eventType', type],
  ['eventState', state],
  ['eventDescription', type],
];

/** The `EventNotificationAlert` of a read. */
export function plateEvent(
  face: CameraFace,
  read: HikRead & { readonly capturedAt: number; readonly uuid: string | null },
  pictures: readonly NamedPicture[],
  dialect: Dialect,
): string {
  const tree: Tree = [
    ...envelope(face, read.capturedAt, 'ANPR', 'active'),
    ['ANPR', anpr(read, pictures)],
    ...(read.uuid === null ? [] : ([['UUID', read.uuid]] as const)),
    ['picNum', pictures.length],
  ];
  return document('EventNotificationAlert', tree, dialect);
}

/** What the alarm stream says when nothing happens. */
export const heartbeatEvent = (face: CameraFace, at: number, dialect: Dialect): string =>
  document('EventNotificationAlert', envelope(face, at, 'videoloss', 'inactive'), dialect);
