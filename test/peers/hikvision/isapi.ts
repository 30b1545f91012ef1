import type { ServerResponse } from 'node:http';
import type { CameraBody } from '../camera/body.ts';
import type { DigestDoor } from '../camera/digest.ts';
import type { Answer, Asked, Job } from '../camera/web.ts';
import { type Dialect, document, wireTime } from './event.ts';
import { readXml } from './xml.ts';

/** Whom the camera pushes to, as it was told. */
export interface HttpHost {
  readonly url: string;
  readonly protocolType: string;
  readonly ipAddress: string;
  readonly portNo: number;
}

/** `unsupported`: statusCode 4, notSupport · `missing`: 404. */
export type GateSupport = 'supported' | 'unsupported' | 'missing';

/** What lies behind the addresses of the camera. */
export interface Inside {
  readonly body: CameraBody;
  readonly door: DigestDoor;
  readonly dialect: Dialect;
  readonly facts: {
    readonly model: string;
    readonly serialNo: string;
    readonly firmware: string;
    readonly mac: string;
  };
  readonly gate: GateSupport;
  readonly relayPulseMs: number;
  /** What `lock` does to the arm: it is not stated anywhere. */
  readonly lockHolds: 'up' | 'down';
  now(): number;
  setClock(at: number): void;
  host: HttpHost | null;
  baseline: boolean;
  locked: boolean;
  readonly led: Map<number, unknown>;
  picture(name: string): Buffer | null;
  listen(response: ServerResponse): void;
}

const XML = 'application/xml; charset="UTF-8"';
const OPEN_RELAY = 1;
const CLOSE_RELAY = 2;

const xml = (inside: Inside, root: string, tree: Parameters<typeof document>[1]): Answer => ({
  status: 200,
  type: XML,
  body: document(root, tree, inside.dialect),
});

/** `ResponseStatus`. Status 4 with sub status `notSupport` is a model without the function. */
export function responseStatus(inside: Pick<Inside, 'dialect'>, code: number, text: string, sub: string): Answer {
  const tree = [
    ['requestURL', ''],
    ['statusCode', code],
    ['statusString', text],
    ['subStatusCode', sub],
  ] as const;
  const status = code === 1 ? 200 : code === 3 ? 503 : code === 4 ? 403 : 400;
  return { status, type: XML, body: document('ResponseStatus', tree, inside.dialect) };
}

const ok = (inside: Inside): Answer => responseStatus(inside, 1, 'OK', 'ok');
const badContent = (inside: Inside, what: string): Answer => {
  inside.body.complain(what);
  return responseStatus(inside, 6, 'Invalid Content', 'badParameters');
};
const notSupported = (inside: Inside): Answer => responseStatus(inside, 4, 'Invalid Operation', 'notSupport');
const missing = (): Answer => ({ status: 404, type: 'text/html', body: '<html><body>404 Not Found</body></html>' });

/** A body as XML with the root it must have, or the answer to a bad one. */
function fieldsOf(inside: Inside, asked: Asked, root: string): ReadonlyMap<string, string> | Answer {
  if (!/xml/i.test(asked.contentType)) return badContent(inside, `${asked.path}: Content-Type ${asked.contentType}`);
  const read = readXml(asked.body.toString('utf8'));
  if (!read) return badContent(inside, `${asked.path}: body is not well-formed XML`);
  if (read.root !== root) return badContent(inside, `${asked.path}: root ${read.root}, expected ${root}`);
  return read.fields;
}

const isAnswer = (value: ReadonlyMap<string, string> | Answer): value is Answer => !(value instanceof Map);

function barrierGate(inside: Inside, asked: Asked): Answer {
  if (inside.gate === 'missing') return missing();
  if (inside.gate === 'unsupported') return notSupported(inside);
  const fields = fieldsOf(inside, asked, 'BarrierGate');
  if (isAnswer(fields)) return fields;
  const mode = fields.get('ctrlMode') ?? '';
  const cause = `hikvision barrierGate ${mode}`;
  const shut = inside.locked && inside.lockHolds === 'down';
  inside.body.note('barrierGate', mode);
  if (mode === 'lock' || mode === 'unlock') {
    inside.locked = mode === 'lock';
    if (inside.lockHolds === 'up') inside.body.set(OPEN_RELAY, inside.locked, cause);
    else if (inside.locked) inside.body.pulse(CLOSE_RELAY, inside.relayPulseMs, cause);
  } else if (mode === 'open' && !shut) inside.body.pulse(OPEN_RELAY, inside.relayPulseMs, cause);
  else if (mode === 'close') inside.body.pulse(CLOSE_RELAY, inside.relayPulseMs, cause);
  else if (mode !== 'open') return badContent(inside, `barrierGate: ctrlMode ${JSON.stringify(mode)}`);
  else return responseStatus(inside, 4, 'Invalid Operation', 'locked');
  return ok(inside);
}

function barrierState(inside: Inside): Answer {
  if (inside.gate !== 'supported') return notSupported(inside);
  const state = inside.body.armState === 'closed' ? 1 : inside.body.armState === 'open' ? 2 : 0;
  return xml(inside, 'BarrierGateStatus', [['barrierGateStatus', state]]);
}

function trigger(inside: Inside, asked: Asked, output: number): Answer {
  const fields = fieldsOf(inside, asked, 'IOPortData');
  if (isAnswer(fields)) return fields;
  const state = fields.get('outputState') ?? '';
  if (state !== 'high' && state !== 'low') return badContent(inside, `trigger: outputState ${JSON.stringify(state)}`);
  inside.body.note('trigger', `${output} ${state}`);
  inside.body.set(output, state === 'high', `hikvision output ${output} ${state}`);
  return ok(inside);
}

const MUST: Readonly<Record<string, RegExp>> = {
  id: /^1$/,
  url: /^\//,
  protocolType: /^HTTPS?$/,
  parameterFormatType: /^XML$/,
  addressingFormatType: /^ipaddress$/,
  ipAddress: /^\d+(\.\d+){3}$/,
  portNo: /^\d+$/,
  httpAuthenticationMethod: /^none$/,
};

function httpHost(inside: Inside, asked: Asked): Answer {
  const fields = fieldsOf(inside, asked, 'HttpHostNotification');
  if (isAnswer(fields)) return fields;
  const of = (name: string): string => fields.get(name) ?? '';
  for (const [name, pattern] of Object.entries(MUST))
    if (!pattern.test(of(name))) return badContent(inside, `httpHosts: ${name} ${JSON.stringify(of(name))}`);
  inside.host = {
    ...{ url: of('url'), protocolType: of('protocolType') },
    ...{ ipAddress: of('ipAddress'), portNo: Number(of('portNo')) },
  };
  inside.body.note('httpHosts', `${of('ipAddress')}:${of('portNo')}${of('url')}`);
  return ok(inside);
}

function hostNow(inside: Inside): Answer {
  const { url = '', protocolType = 'HTTP', ipAddress = '0.0.0.0', portNo = 0 } = inside.host ?? {};
  return xml(inside, 'HttpHostNotification', [
    ['id', 1],
    ['url', url],
    ['protocolType', protocolType],
    ['parameterFormatType', 'XML'],
    ['addressingFormatType', 'ipaddress'],
    ['ipAddress', ipAddress],
    ['portNo', portNo],
    ['httpAuthenticationMethod', 'none'],
  ]);
}

function baseline(inside: Inside, asked: Asked): Answer {
  const fields = fieldsOf(inside, asked, 'AlarmHttpPushProtocol');
  if (isAnswer(fields)) return fields;
  inside.baseline = fields.get('baseLineProtocolEnabled') === 'true';
  inside.body.note('alarmHttpPushProtocol', String(inside.baseline));
  return ok(inside);
}

function led(inside: Inside, asked: Asked, scene: number): Answer {
  if (asked.query.get('format') !== 'json') return badContent(inside, 'LEDConfigurations without format=json');
  if (asked.method === 'GET')
    return { status: 200, type: 'application/json', body: JSON.stringify(inside.led.get(scene) ?? {}) };
  try {
    inside.led.set(scene, JSON.parse(asked.body.toString('utf8')));
  } catch {
    return badContent(inside, 'LEDConfigurations: body is not JSON');
  }
  inside.body.note('led', String(scene));
  return { status: 200, type: 'application/json', body: '{"statusCode":1,"statusString":"OK","subStatusCode":"ok"}' };
}

function time(inside: Inside, asked: Asked): Answer {
  if (asked.method === 'GET')
    return xml(inside, 'Time', [
      ['timeMode', 'manual'],
      ['localTime', wireTime(inside.now())],
      ['timeZone', 'CST-8:00:00'],
    ]);
  const fields = fieldsOf(inside, asked, 'Time');
  if (isAnswer(fields)) return fields;
  const said = fields.get('localTime') ?? '';
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(said) ? said : `${said}+08:00`;
  const at = Date.parse(zoned);
  if (Number.isNaN(at)) return badContent(inside, `System/time: localTime ${JSON.stringify(said)}`);
  inside.setClock(at);
  inside.body.note('time', said);
  return ok(inside);
}

const info = (inside: Inside): Answer =>
  xml(inside, 'DeviceInfo', [
    ['deviceName', 'IP CAPTURE CAMERA'],
    ['model', inside.facts.model],
    ['serialNumber', inside.facts.serialNo],
    ['macAddress', inside.facts.mac],
    ['firmwareVersion', inside.facts.firmware],
    ['deviceType', 'IPCamera'],
  ]);

const jpeg = (bytes: Buffer): Answer => ({ status: 200, type: 'image/jpeg', body: bytes });

const input = (inside: Inside, number: number): Answer =>
  xml(inside, 'IOPortStatus', [
    ['ioPortID', number],
    ['ioPortType', 'input'],
    ['ioState', inside.body.input(number) ? 'active' : 'inactive'],
  ]);

type Work = (inside: Inside, asked: Asked, number: number, response: ServerResponse) => Answer | null;
interface Place {
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly work: Work;
}

const PLACES: readonly Place[] = [
  { name: 'barrierGate', methods: ['PUT'], path: /^\/ISAPI\/Parking\/channels\/1\/barrierGate$/, work: barrierGate },
  {
    name: 'barrierGateStatus',
    methods: ['GET'],
    path: /^\/ISAPI\/Parking\/channels\/1\/barrierGate\/barrierGateStatus$/,
    work: barrierState,
  },
  {
    name: 'trigger',
    methods: ['PUT'],
    path: /^\/ISAPI\/System\/IO\/outputs\/(\d)\/trigger$/,
    work: trigger,
  },
  {
    name: 'input',
    methods: ['GET'],
    path: /^\/ISAPI\/System\/IO\/inputs\/(\d)\/status$/,
    work: (i, _, n) => input(i, n),
  },
  {
    name: 'httpHosts',
    methods: ['GET', 'PUT'],
    path: /^\/ISAPI\/Event\/notification\/httpHosts\/1$/,
    work: (inside, asked) => (asked.method === 'PUT' ? httpHost(inside, asked) : hostNow(inside)),
  },
  {
    name: 'alarmHttpPushProtocol',
    methods: ['PUT'],
    path: /^\/ISAPI\/Traffic\/ANPR\/alarmHttpPushProtocol$/,
    work: baseline,
  },
  {
    name: 'led',
    methods: ['GET', 'PUT'],
    path: /^\/ISAPI\/Parking\/channels\/1\/LEDConfigurations\/multiScene\/([12])$/,
    work: led,
  },
  { name: 'deviceInfo', methods: ['GET'], path: /^\/ISAPI\/System\/deviceInfo$/, work: (inside) => info(inside) },
  { name: 'time', methods: ['GET', 'PUT'], path: /^\/ISAPI\/System\/time$/, work: time },
  {
    name: 'snapshot',
    methods: ['GET'],
    path: /^\/ISAPI\/Streaming\/channels\/101\/picture$/,
    work: (inside) => jpeg(inside.body.view),
  },
  {
    name: 'picture',
    methods: ['GET'],
    path: /^\/picture\/(\d+)\.jpg$/,
    work: (inside, _, number) => {
      const bytes = inside.picture(String(number));
      return bytes ? jpeg(bytes) : missing();
    },
  },
  {
    name: 'alertStream',
    methods: ['GET'],
    path: /^\/ISAPI\/Event\/notification\/alertStream$/,
    work: (inside, _asked, _number, response) => {
      inside.listen(response);
      return null;
    },
  },
];

/** The answer to somebody who is not let in: with a challenge, or with the time until the lock ends. */
function unauthorized(inside: Inside, admission: Exclude<ReturnType<DigestDoor['check']>, { admitted: true }>): Answer {
  const lock = admission.challenge === null;
  const tree = [
    ['statusValue', 401],
    ['statusString', 'Unauthorized'],
    ['isActivated', 'true'],
    ['lockStatus', lock ? 'lock' : 'unlock'],
    ...(lock ? ([['unlockTime', admission.unlockSeconds]] as const) : []),
    ['retryLoginTime', admission.attemptsLeft],
  ] as const;
  const headers = lock ? {} : { 'www-authenticate': admission.challenge ?? '' };
  return { status: 401, type: XML, body: document('userCheck', tree, inside.dialect), headers };
}

/** What is to be done with a request. */
export function route(inside: Inside, asked: Asked): Job {
  const admission = inside.door.check(asked.method, asked.uri, asked.headers.authorization);
  if (!admission.admitted) return { name: 'login', work: () => unauthorized(inside, admission) };
  const place = PLACES.find(({ path }) => path.test(asked.path));
  if (!place?.methods.includes(asked.method)) {
    inside.body.complain(`unknown request ${asked.method} ${asked.path}`);
    return { name: 'unknown', work: place ? () => notSupported(inside) : missing };
  }
  const number = Number(place.path.exec(asked.path)?.[1] ?? 0);
  return { name: place.name, work: (response) => place.work(inside, asked, number, response) };
}
