import { createServer, request, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { decrypt, encrypt } from '../../../peers/keytop/cipher.ts';
import { decodeGb18030, encodeGb2312, escapeFor } from '../../../peers/keytop/gb2312.ts';
import {
  dashed,
  dayOf,
  type JsonObject,
  slashed,
  startThirdParty,
  type ThirdParty,
  type ThirdPartyOptions,
} from '../../../peers/keytop/index.ts';
import { listen, OpenSockets, shut } from '../../../peers/sockets.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** 2026-03-02 10:00:00 in China. */
export const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);
const MINUTE = 60_000;

export interface Written {
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly day?: string;
  readonly key?: string;
  /** What is sealed instead. */
  readonly plain?: Buffer | string;
  /** The whole body instead. */
  readonly body?: string;
  readonly timeoutMs?: number;
}

/** One call that the car park heard. */
export interface HeardCall {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Opened with today's date; null if that says nothing. */
  readonly text: string | null;
}

type Said = JsonObject | ((fields: JsonObject) => JsonObject);

export const ok = (...rows: JsonObject[]): JsonObject => ({
  resCode: 0,
  resMsg: '',
  data: rows.length > 0 ? rows : null,
});
export const no = (resMsg = '订单不存在'): JsonObject => ({ resCode: 1, resMsg, data: null });

function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text);
  } catch {
    // Noise is one of the things that a third party may say.
    return null;
  }
}

/** A car park of few words: it says what a test gives it to say, and keeps what it heard. */
export class CarPark {
  readonly heard: HeardCall[] = [];
  /** By the last segment of the path; resCode 0 without rows otherwise. */
  answers: Record<string, Said> = {};
  raw: { readonly status: number; readonly type?: string; readonly body: string } | null = null;
  address = '';
  readonly #thirdParty: ThirdParty;
  readonly #clock: FakeClock;
  readonly #sockets = new OpenSockets();
  readonly #server: Server;

  constructor(thirdParty: ThirdParty, clock: FakeClock) {
    this.#thirdParty = thirdParty;
    this.#clock = clock;
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('error', () => undefined);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { url: path = '', method = '', headers } = incoming;
        const body = Buffer.concat(chunks).toString('utf8');
        const text = this.opened(body);
        this.heard.push({ path, method, headers, body, text });
        const given = this.answers[path.slice(path.lastIndexOf('/') + 1)] ?? ok();
        const said = typeof given === 'function' ? given(parsed(text ?? '') ?? {}) : given;
        const {
          status,
          type,
          body: answer,
        } = { type: undefined, status: 200, body: JSON.stringify(said), ...this.raw };
        response.writeHead(status, { 'content-type': type ?? 'application/json; charset=utf-8' }).end(answer);
      });
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  async start(): Promise<void> {
    this.address = `http://127.0.0.1:${await listen(this.#server, 0)}`;
  }

  stop(): Promise<void> {
    return shut(this.#server, this.#sockets);
  }

  opened(body: string): string | null {
    const form = body.startsWith('data=') ? body.slice(5).replaceAll(/\s/g, '') : null;
    const data = form ?? parsed(body)?.['data'];
    if (typeof data !== 'string') return null;
    const plain = decrypt(Buffer.from(data, 'base64'), this.#thirdParty.down.key, dayOf(this.#clock.now()));
    return plain && decodeGb18030(plain);
  }

  /** The fields of the n-th call from behind. */
  fields(fromBehind = 1): JsonObject | null {
    return parsed(this.heard.at(-fromBehind)?.text ?? '');
  }

  /** Says something as the source wants it, or as `how` has it; resolves with the answer. */
  send(
    name: string,
    fields: JsonObject,
    how: Written = {},
  ): Promise<{ http: number; text: string; json: JsonObject | null }> {
    const { up, baseUrl } = this.#thirdParty;
    const { key = up.key, day = dayOf(this.#clock.now()), method = 'POST', timeoutMs = 5_000, query = '' } = how;
    const bytes = encodeGb2312(escapeFor(JSON.stringify({ parkCode: '123', ...fields })));
    const plain = how.plain === undefined ? bytes : Buffer.from(how.plain);
    const data = encrypt(plain ?? Buffer.alloc(0), key, day).toString('base64');
    const headers = {
      ...{ 'content-type': how.contentType ?? 'application/json;charset=utf-8' },
      ...(how.headers ?? { user: up.user, pwd: up.pwd }),
    };
    return new Promise((resolve, reject) => {
      const sending = request(`${baseUrl}/${name}${query}`, { method, agent: false, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('cut')));
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ http: response.statusCode ?? 0, text, json: parsed(text) });
        });
      });
      sending.on('error', reject);
      sending.setTimeout(timeoutMs, () => sending.destroy(new Error('no answer')));
      sending.end(how.body ?? JSON.stringify({ data }));
    });
  }

  /** resCode of the answer. */
  async says(name: string, fields: JsonObject, how: Written = {}): Promise<unknown> {
    return (await this.send(name, fields, how)).json?.['resCode'];
  }

  /** The first row of the answer. */
  async row(name: string, fields: JsonObject, how: Written = {}): Promise<unknown> {
    const data = (await this.send(name, fields, how)).json?.['data'];
    return Array.isArray(data) ? data[0] : data;
  }

  /** What became of it, also when nothing came back. */
  async tries(name: string, fields: JsonObject, timeoutMs = 5_000): Promise<string> {
    const got = await this.send(name, fields, { timeoutMs }).catch(() => null);
    return got ? `${got.http} ${got.text}` : 'no answer';
  }
}

export interface World {
  readonly clock: FakeClock;
  readonly thirdParty: ThirdParty;
  readonly park: CarPark;
}

/** A third party on a clock of its own, and a car park that it knows. */
export async function world(options: ThirdPartyOptions = {}, now = NOW): Promise<World> {
  const clock = new FakeClock(now);
  const thirdParty = await startThirdParty({
    ...{ now: () => clock.now(), after: (ms: number, task: () => void) => clock.after(ms, task) },
    ...options,
  });
  const park = new CarPark(thirdParty, clock);
  await park.start();
  thirdParty.address = park.address;
  onTestFinished(async () => {
    await thirdParty.close();
    await park.stop();
  });
  return { clock, thirdParty, park };
}

export const rules = (list: readonly { readonly rule: string }[]): string[] => list.map(({ rule }) => rule);

/** What the third party has against the car park, in order. */
export const broken = ({ thirdParty }: World): string[] => rules(thirdParty.violations);

const CAR = { plateNo: '粤B12345', cardNo: '' };
/** Came in an hour ago, leaves now. */
const TIMES = { entryTime: slashed(NOW - 60 * MINUTE), leaveTime: slashed(NOW) };
export const CAME = dashed(NOW - 60 * MINUTE);

export const IN: JsonObject = {
  ...{ ...CAR, entryTime: TIMES.entryTime, entryPlace: '入口1' },
  ...{ imgName: 'http://127.0.0.1:8099/img/a.jpg', vplType: '2', vplColor: '0' },
};
export const OUT: JsonObject = { ...CAR, ...TIMES, totalMoney: 500, leavePlace: '出口1', imgName: '' };
export const CORRECT: JsonObject = { plateNo: '粤B12345', ...TIMES, totalMoney: 500, leavePlace: '出口1' };
export const LEFT: JsonObject = {
  ...{ ...CAR, ...TIMES, preMoney: 0, payMoney: 500, payType: 6, ticketMoney: 0, ticketTime: 0, freeMoney: 0 },
  ...{ carType: 0, leavePlace: '出口1', imgName: '' },
};
export const BILL: JsonObject = {
  ...{ ...CAR, carType: 0, ...TIMES, totalMoney: 500, payMoney: 500, freeMoney: 0, selfTotal: 0, selfPay: 0 },
  ...{ ticketMoney: 0, ticketTime: 0, ticketNum: 0, terminalType: 15, payType: 111 },
  ...{ payTime: TIMES.leaveTime, paidType: 0, remark: '' },
};
export const QR: JsonObject = {
  ...{ orderNo: 'K1', deviceCode: '300', deviceId: '300', plateNum: '%E7%B2%A4B12345', cardNo: '' },
  ...{ inTime: CAME, elapsedTime: 60, amount: 500, outTime: dashed(NOW) },
};
export const SCAN: JsonObject = {
  ...{ orderNo: 'K1', deviceId: '300', carNo: '%E7%B2%A4B12345', inTime: CAME, elapsedTime: 60, amount: 500 },
  ...{ authCode: '', outTime: dashed(NOW) },
};
export const FEE: JsonObject = {
  ...{ ...CAR, entryTime: CAME, entryPlace: '入口1', leaveTime: dashed(NOW), leavePlace: '出口1' },
};
export const DEVICE: JsonObject = { deviceCode: '300', deviceIp: '', deviceName: '入口1', deviceType: 4 };
export const STATE: JsonObject = { deviceCode: '300', deviceName: '入口1', deviceType: 4, status: '0', remark: '' };
export const CARD: JsonObject = {
  ...{ cardId: '1', userName: '张三', telPhone: '', carType: '2', validFrom: '2026-03-01 00:00:00' },
  ...{ validTo: '2026-03-31 23:59:59', plateDetails: '[{"plateNo":"闽A12345","etcNo":""}]' },
};
export const AREAS: JsonObject = {
  ...{ parkName: '测试车场', parkArea: '1', totalPlaceCount: 100 },
  areaInfo: [{ areaCode: 1, areaName: 'A地面', areaType: 0, placeCount: 100 }],
};
export const SPACES: JsonObject = {
  ...{ freeSpaceNum: 20, totalSpaceNum: 100 },
  areaInfo: [{ areaCode: 1, areaName: 'A地面', areaFreeSpaceNum: 20 }],
};
export const BILL_ROW: JsonObject = {
  ...{ orderNo: 'K1', plateNo: '粤B12345', cardNo: '', entryTime: CAME, payTime: dashed(NOW), elapsedTime: 60 },
  ...{ imgName: '', payable: 500, delayTime: 15, totalFee: '500', payedFee: '0', outTime: dashed(NOW) },
};
