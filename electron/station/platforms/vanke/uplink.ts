import type { Clock } from '../../runtime/ports.ts';
import { HttpClient } from '../http-client.ts';
import type { Trace } from '../outbound.ts';
import { type Answer, readAnswer } from './answer.ts';
import { tokenOf } from './codec.ts';
import type { VankeSettings } from './config.ts';
import type { VankeWire } from './context.ts';
import { toWireTime } from './fields.ts';

export interface Exchange {
  readonly answer: Answer;
  readonly trace: Trace;
}

interface Trust {
  readonly ca?: string;
  readonly fingerprint?: string;
}

/** Pushes to the platform: each with a time and a token of its own. Whoever waits at a lane has connections of its own. */
export class Uplink {
  readonly #settings: VankeSettings;
  readonly #clock: Clock;
  readonly #heard: (answer: Answer) => void;
  readonly #lanes: HttpClient;
  readonly #records: HttpClient;

  /** @param heard told of the end of every push */
  constructor(settings: VankeSettings, clock: Clock, trust: Trust, heard: (answer: Answer) => void = () => undefined) {
    this.#settings = settings;
    this.#clock = clock;
    this.#heard = heard;
    const { baseUrl, timeouts } = settings;
    const common = { baseUrl, clock, timeouts, ...trust };
    this.#lanes = new HttpClient({ ...common, connections: 32 });
    this.#records = new HttpClient({ ...common, connections: settings.concurrency });
  }

  /** Never rejects. @param as a car that waits for the answer, or a record */
  async post(name: string, wire: VankeWire, signal: AbortSignal, as: 'lane' | 'record'): Promise<Exchange> {
    const { appId, appSecret, parkingLotId, version } = this.#settings;
    const time = toWireTime(this.#clock.now());
    const plain = { version, appId, parkingLotId, time, ...wire };
    const client = as === 'lane' ? this.#lanes : this.#records;
    const path = `/${name}`;
    const result = await client.post(
      {
        path,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json, */*;q=0.8' },
        body: JSON.stringify({ ...plain, token: tokenOf(time, appId, appSecret) }),
      },
      signal,
    );
    const answer = readAnswer(result);
    if (!signal.aborted) this.#heard(answer);
    return {
      answer,
      trace: {
        request: `POST ${client.pathOf(path)}`,
        plain: JSON.stringify(plain),
        answer: result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null,
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#lanes.close(), this.#records.close()]);
  }
}
