import { z } from 'zod';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CommandEnd } from '../command-end.ts';
import { childOf, findNode, readXml, textOf, type XmlNode } from '../xml.ts';

/** Where things are. ISAPI numbers channels, inputs and outputs from 1. */
export const PATHS = {
  alertStream: '/ISAPI/Event/notification/alertStream',
  httpHost: '/ISAPI/Event/notification/httpHosts/1',
  pushProtocol: '/ISAPI/Traffic/ANPR/alarmHttpPushProtocol',
  deviceInfo: '/ISAPI/System/deviceInfo',
  time: '/ISAPI/System/time',
  gate: (channel: number): string => `/ISAPI/Parking/channels/${channel}/barrierGate`,
  gateStatus: (channel: number): string => `/ISAPI/Parking/channels/${channel}/barrierGate/barrierGateStatus`,
  output: (number: number): string => `/ISAPI/System/IO/outputs/${number}/trigger`,
  input: (number: number): string => `/ISAPI/System/IO/inputs/${number}/status`,
  picture: (channel: number): string => `/ISAPI/Streaming/channels/${channel}01/picture`,
} as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export type GateMode = 'open' | 'close' | 'lock' | 'unlock';

export const gateBody = (mode: GateMode): string => `${HEAD}<BarrierGate><ctrlMode>${mode}</ctrlMode></BarrierGate>`;

export const outputBody = (on: boolean): string =>
  `${HEAD}<IOPortData><outputState>${on ? 'high' : 'low'}</outputState></IOPortData>`;

export const pushProtocolBody = `${HEAD}<AlarmHttpPushProtocol><baseLineProtocolEnabled>true</baseLineProtocolEnabled></AlarmHttpPushProtocol>`;

export interface HostTold {
  readonly ipAddress: string;
  readonly portNo: number;
  readonly url: string;
}

export const hostBody = ({ ipAddress, portNo, url }: HostTold): string =>
  `${HEAD}<HttpHostNotification><id>1</id><url>${escaped(url)}</url><protocolType>HTTP</protocolType>` +
  `<parameterFormatType>XML</parameterFormatType><addressingFormatType>ipaddress</addressingFormatType>` +
  `<ipAddress>${escaped(ipAddress)}</ipAddress><portNo>${portNo}</portNo>` +
  `<httpAuthenticationMethod>none</httpAuthenticationMethod></HttpHostNotification>`;

/** Whether a camera pushes there already. */
export function isHost(xml: string, { ipAddress, portNo, url }: HostTold): boolean {
  const host = readXml(xml);
  if (!host) return false;
  const is = (name: string, value: string): boolean => textOf(host, name) === value;
  return is('ipAddress', ipAddress) && is('portNo', String(portNo)) && is('url', url) && is('protocolType', 'HTTP');
}

const statusBody = (code: number, text: string, sub: string): string =>
  `${HEAD}<ResponseStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><requestURL></requestURL><statusCode>${code}</statusCode><statusString>${text}</statusString><subStatusCode>${sub}</subStatusCode></ResponseStatus>`;

/** The answers to an event: it was taken; it could not be stored, and shall come again; it is none. */
export const TAKEN = statusBody(1, 'OK', 'ok');
export const NOT_TAKEN = statusBody(3, 'Device Error', 'deviceError');
export const UNREADABLE = statusBody(5, 'Invalid XML Format', 'badXmlFormat');

/** 2 busy, 4 invalid operation, 5 invalid format, 6 invalid content, 7 restart needed: surely not carried out. 3 is a fault of the device. */
const REFUSALS = new Set(['2', '4', '5', '6', '7']);

/** What a `ResponseStatus` says of a command. */
export function verdictOf(status: number, xml: string): CommandEnd {
  const root = readXml(xml);
  const code = root ? textOf(root, 'statusCode') : null;
  const [text, sub] = [root ? textOf(root, 'statusString') : null, root ? textOf(root, 'subStatusCode') : null];
  const detail = [sub ?? text, `HTTP ${status}`, code === null ? null : `statusCode ${code}`]
    .filter(Boolean)
    .join('，');
  if (status === 404 || (code === '4' && /^notSupport/i.test(sub ?? text ?? '')))
    return { verdict: 'unsupported', detail };
  if (code !== null && REFUSALS.has(code)) return { verdict: 'refused', detail };
  const isGood = status >= 200 && status < 300;
  if (isGood && (code === '1' || xml.trim() === '')) return { verdict: 'done', detail: '' };
  // Refused at the door, before anything was done.
  if (code === null && status >= 400 && status < 500) return { verdict: 'refused', detail };
  return { verdict: 'unclear', detail };
}

/** For how long nobody may log in, where a 401 says that the device is locked. `unlockTime` is in seconds. */
export function unlockMs(xml: string): number | null {
  const root = readXml(xml);
  if (!root || textOf(root, 'lockStatus') !== 'lock') return null;
  const seconds = Number(textOf(root, 'unlockTime') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= 86_400 ? seconds * 1000 : 30 * 60_000;
}

export interface DeviceInfo {
  readonly serialNumber: string | null;
  readonly mac: string | null;
  readonly firmware: string | null;
}

export function deviceInfoOf(xml: string): DeviceInfo | null {
  const root = readXml(xml);
  if (root?.name !== 'DeviceInfo') return null;
  const [firmware, released] = [textOf(root, 'firmwareVersion'), textOf(root, 'firmwareReleasedDate')];
  return {
    ...{ serialNumber: textOf(root, 'serialNumber'), mac: textOf(root, 'macAddress') },
    firmware: [firmware, released].filter(Boolean).join(' ') || null,
  };
}

/** `dateTime` and `localTime`: with its offset, or Beijing time without. */
export function timeOf(text: string | null): EpochMs | null {
  const m = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*(Z|[+-]\d\d:?\d\d)?$/.exec(text?.trim() ?? '');
  if (!m) return null;
  const at = Date.parse(`${m[1]}T${m[2]}${m[3]?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2') ?? '+08:00'}`);
  return Number.isNaN(at) ? null : at;
}

export const localTimeOf = (xml: string): EpochMs | null => {
  const root = readXml(xml);
  return root ? timeOf(textOf(root, 'localTime')) : null;
};

export function inputStateOf(xml: string): boolean | null {
  const root = readXml(xml);
  const state = root && textOf(root, 'ioState')?.toLowerCase();
  if (state === 'active' || state === 'high') return true;
  return state === 'inactive' || state === 'low' ? false : null;
}

/** 0 no signal, 1 closed, 2 open. */
export function gateStateOf(xml: string): 'closed' | 'open' | 'unknown' | null {
  const root = readXml(xml);
  const state = root && (findNode(root, 'barrierGateStatus')?.text ?? findNode(root, 'BarrierGateStatus')?.text);
  return state === '1' ? 'closed' : state === '2' ? 'open' : state === '0' ? 'unknown' : null;
}

const text = z.string().max(200).catch('');
const anprSchema = z.object({
  licensePlate: text,
  plateColor: text,
  plateType: text,
  direction: text,
  confidence: z.coerce.number().min(0).max(100).nullable().catch(null),
  /** Anything but 0 is not live. */
  stored: text.transform((value) => !['', '0', 'false'].includes(value.trim().toLowerCase())),
  /** Kept from before: the camera had opened by itself. */
  hadOpened: text.transform((value) => value.trim() === '0'),
});
export type Anpr = z.output<typeof anprSchema> & {
  /** Pictures that come as parts; null: it does not say. */
  readonly parts: number | null;
  /** Pictures that are to be fetched. */
  readonly urls: readonly string[];
  /** It is told once more, then with its pictures. */
  readonly hasMore: boolean;
};

/** An `EventNotificationAlert`. */
export interface HikEvent {
  readonly mac: string | null;
  readonly ip: string | null;
  readonly channel: number | null;
  readonly dateTime: string | null;
  readonly at: EpochMs | null;
  readonly uuid: string | null;
  /** In small letters, e.g. `anpr`, `videoloss`. */
  readonly type: string;
  readonly anpr: Anpr | null;
}

/** null: it is no event, or cut off. */
export function parseEvent(xml: string): HikEvent | null {
  const root = readXml(xml);
  if (root?.name !== 'EventNotificationAlert') return null;
  const channel = Number(textOf(root, 'channelID') ?? Number.NaN);
  const dateTime = textOf(root, 'dateTime');
  const anpr = childOf(root, 'ANPR');
  return {
    ...{ mac: textOf(root, 'macAddress'), ip: textOf(root, 'ipAddress'), dateTime, at: timeOf(dateTime) },
    ...{ uuid: textOf(root, 'UUID'), type: (textOf(root, 'eventType') ?? '').toLowerCase() },
    channel: Number.isInteger(channel) ? channel : null,
    anpr: anpr ? anprOf(root, anpr) : null,
  };
}

function anprOf(root: XmlNode, anpr: XmlNode): Anpr {
  const infos = findNode(anpr, 'pictureInfoList')?.children ?? childOf(root, 'pictureInfoList')?.children ?? [];
  const urls = infos.flatMap((info) => (textOf(info, 'dataType') === '1' ? (urlOf(info) ?? []) : []));
  const said = Number(textOf(root, 'picNum') ?? Number.NaN);
  const listed = infos.filter((info) => textOf(info, 'dataType') !== '1').length;
  const parsed = anprSchema.parse({
    licensePlate: textOf(anpr, 'licensePlate'),
    plateColor: textOf(anpr, 'plateColor'),
    plateType: textOf(anpr, 'plateType'),
    direction: textOf(anpr, 'direction'),
    confidence: textOf(anpr, 'confidenceLevel') ?? undefined,
    stored: textOf(anpr, 'alarmDataType'),
    hadOpened: textOf(anpr, 'barrierGateCtrlType'),
  });
  const hasMore = textOf(anpr, 'hasMoreData') === 'true';
  const unlisted = hasMore || said === 0 ? 0 : null;
  return {
    ...parsed,
    urls,
    hasMore,
    parts: infos.length > 0 ? listed : (unlisted ?? (Number.isInteger(said) ? said : null)),
  };
}

const urlOf = (info: XmlNode): string | null =>
  textOf(info, 'pictureURL') ?? textOf(info, 'picUrl') ?? textOf(info, 'url');
