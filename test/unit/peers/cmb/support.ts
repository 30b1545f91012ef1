import { createServer, request, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import {
  type Bank,
  type BankOptions,
  type Fields,
  readForm,
  signOf,
  startBank,
  writeForm,
} from '../../../peers/cmb/index.ts';
import { listen, OpenSockets, shut } from '../../../peers/sockets.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** 2026-03-02 10:00:00 in China, and the seconds of it. */
export const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);
export const SECONDS = NOW / 1_000;

export interface Answered {
  readonly http: number;
  readonly text: string;
  readonly json: { status?: unknown; message?: unknown; data?: Record<string, unknown> } | null;
}

export interface Written {
  readonly method?: string;
  readonly contentType?: string;
  readonly query?: string;
  readonly body?: string;
  readonly secret?: string;
  readonly unsigned?: readonly string[];
  readonly timeoutMs?: number;
}

/** A car park of few words: it says what a test gives it to say, and keeps what it heard. */
export class CarPark {
  readonly heard: { readonly path: string; readonly fields: Fields; readonly body: string }[] = [];
  /** What is answered to a down interface; status 0 otherwise. */
  answers: Record<string, unknown> = {};
  /** Instead of `answers`, the whole answer. */
  raw: { readonly status: number; readonly contentType: string; readonly text: string } | null = null;
  /** Paths by which pushes are let in but not answered. */
  silent = false;
  address = '';
  readonly #bank: Bank;
  readonly #sockets = new OpenSockets();
  readonly #server: Server;

  constructor(bank: Bank) {
    this.#bank = bank;
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('error', () => undefined);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const path = incoming.url ?? '';
        const name = path.slice(path.lastIndexOf('/') + 1);
        const body = Buffer.concat(chunks);
        this.heard.push({ path, fields: readForm(body).fields, body: body.toString('utf8') });
        if (this.silent) return;
        const given = this.answers[name] ?? { status: 0, message: 'success' };
        const json = { status: 200, contentType: 'application/json', text: JSON.stringify(given) };
        const { status, contentType, text } = this.raw ?? json;
        response.writeHead(status, { 'content-type': contentType }).end(text);
      });
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  async start(): Promise<void> {
    const port = await listen(this.#server, 0);
    this.address = `http://127.0.0.1:${port}/any/prefix/`;
  }

  stop(): Promise<void> {
    return shut(this.#server, this.#sockets);
  }

  /** The fields as they would be sent: with appid, park_code and sign. */
  signed(fields: Fields, { secret, unsigned }: Written = {}): Fields {
    const { appid, appsecret, parkCode } = this.#bank;
    const all = { appid, park_code: parkCode, ...fields };
    return { ...all, sign: signOf(all, secret ?? appsecret, unsigned) };
  }

  send(name: string, fields: Fields, how: Written = {}): Promise<Answered> {
    const unsigned = name === 'PicUpload' ? ['pic_con'] : [];
    return this.post(
      `/api/${name}`,
      how.body ?? writeForm(Object.entries(this.signed(fields, { unsigned, ...how }))),
      how,
    );
  }

  /** Status of the answer. */
  async says(name: string, fields: Fields): Promise<unknown> {
    return (await this.send(name, fields)).json?.status;
  }

  post(path: string, body: string, how: Written = {}): Promise<Answered> {
    const { method = 'POST', contentType = 'application/x-www-form-urlencoded', query = '', timeoutMs = 5_000 } = how;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': contentType };
      const sending = request(`${this.#bank.baseUrl}${path}${query}`, { method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('cut')));
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let json: Answered['json'] = null;
          try {
            json = JSON.parse(text);
          } catch {
            // Noise is one of the things a bank may say.
          }
          resolve({ http: response.statusCode ?? 0, text, json });
        });
      });
      sending.on('error', reject);
      sending.setTimeout(timeoutMs, () => sending.destroy(new Error('no answer')));
      sending.end(body);
    });
  }
}

export interface World {
  readonly clock: FakeClock;
  readonly bank: Bank;
  readonly park: CarPark;
}

/** A bank on a clock of its own, and a car park that it knows. */
export async function world(options: BankOptions = {}): Promise<World> {
  const clock = new FakeClock(NOW);
  const bank = await startBank({
    ...{ now: () => clock.now(), after: (ms: number, task: () => void) => clock.after(ms, task) },
    ...options,
  });
  const park = new CarPark(bank);
  await park.start();
  bank.address = park.address;
  onTestFinished(async () => {
    await bank.close();
    await park.stop();
  });
  return { clock, bank, park };
}

export const ENTRY: Fields = {
  ...{ in_code: '1', vpl_number: '京A12345', record_id: 'R1', in_time: String(SECONDS - 7_200) },
  ...{
    car_type: '1',
    power_type: '1',
    body_color: '0',
    plate_color: '0',
    logo: '',
    auth_type: '0',
    model: '0',
    owner: '',
  },
};

export const EXIT: Fields = {
  ...{ in_code: '1', out_code: '12', vpl_number: '京A12345', record_id: 'R1' },
  ...{ in_time: String(SECONDS - 7_200), out_time: String(SECONDS), charge_items: '[]' },
};

export const CHARGE: Fields = { vpl_number: '京A12345', record_id: 'R1', amount: '800', request_order: 'Q1' };

/** What the stub answers to calc: 8 yuan due of 10, 2 off. */
export const FEE = {
  status: 0,
  message: 'success',
  data: {
    ...{ vpl_number: '京A12345', record_id: 'R1', bill_id: 'B1' },
    ...{ in_time: SECONDS - 7_200, out_time: SECONDS, duration: 7_200 },
    charge: { total_price: 1_000, should_pay: 800, paid: 0 },
    discount: [{ unit: 0, name: '电子优惠券', value: 200 }],
  },
};

export const item = (order: string, amount: number): string =>
  JSON.stringify([
    { should_pay: amount, actual_pay: amount, pay_type: 99, toll_collector: '', seq_num: order, time: SECONDS - 5 },
  ]);
