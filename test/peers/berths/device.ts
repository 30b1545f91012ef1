/** One device of the street, written from docs/devices/berth-http.md alone: it tells what changes, and how all of it is. */

export interface Word {
  readonly code: string;
  readonly occupied: boolean;
  readonly at?: number | string;
  readonly sequence?: number;
  readonly plate?: string;
  readonly plateColor?: string;
  readonly confidence?: number;
  readonly photo?: string;
}

export interface Answer {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
  readonly unknown: readonly string[];
  readonly failed?: readonly string[];
}

export interface DeviceOptions {
  readonly serialNo: string;
  readonly key?: string;
  /** Berths that it watches. */
  readonly codes: readonly string[];
  /** Reads plates and takes pictures. */
  readonly sees: boolean;
  readonly url: () => string;
  /** By its own clock. */
  readonly now: () => number;
}

export class StreetDevice {
  readonly options: DeviceOptions;
  /** What it told and heard, the last last. */
  readonly exchanges: { readonly sent: object; readonly answer: Answer | null }[] = [];
  /** It has no network: what it would tell waits in it. */
  offline = false;
  /** Moments as text with an offset instead of milliseconds. */
  speaksText = false;
  readonly #waiting: Word[] = [];
  readonly #states = new Map<string, Word>();
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: DeviceOptions) {
    this.options = options;
  }

  watches(code: string): boolean {
    return this.options.codes.includes(code);
  }

  /** A berth changed, at this moment. */
  async change(code: string, occupied: boolean, at: number, seen: Partial<Word> = {}): Promise<void> {
    const sequence = (this.#states.get(code)?.sequence ?? 0) + 1;
    const word: Word = {
      ...{ code, occupied, sequence, at: this.speaksText ? new Date(at).toISOString() : at },
      ...(this.options.sees ? seen : {}),
    };
    const { photo: _photo, ...state } = word;
    this.#states.set(code, state);
    this.#waiting.push(word);
    await this.flush();
  }

  /** It made out the plate of a car that it told of before. */
  async reads(code: string, plate: string, photo?: string): Promise<void> {
    const known = this.#states.get(code);
    if (!known?.occupied) throw new Error(`${code} is free`);
    const word: Word = { ...known, plate, plateColor: 'blue' };
    this.#states.set(code, word);
    this.#waiting.push(photo === undefined ? word : { ...word, photo });
    await this.flush();
  }

  /** Everything that it knows of its berths. */
  heartbeat(): Promise<Answer | null> {
    return this.offline ? Promise.resolve(null) : this.post({ berths: [...this.#states.values()] });
  }

  /** The last push once more, because its answer got lost. */
  async again(): Promise<Answer | null> {
    const last = this.exchanges.at(-1);
    return last ? this.#send(last.sent) : null;
  }

  /** Sends what waits, in order, one push a word; what is not taken stays. One at a time. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      while (!this.offline && this.#waiting[0]) {
        const answer = await this.post({ berths: [this.#waiting[0]] });
        if (answer?.code !== 0) return;
        this.#waiting.shift();
      }
    });
    return this.#flushing;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns null: nobody answered */
  post(body: { readonly berths: readonly Word[] }): Promise<Answer | null> {
    const { serialNo, key, now } = this.options;
    return this.#send({ serialNo, ...(key !== undefined && { key }), time: now(), ...body });
  }

  async #send(sent: object): Promise<Answer | null> {
    const answer = await postRaw(`${this.options.url()}/devices/berth-http`, JSON.stringify(sent));
    this.exchanges.push({ sent, answer });
    return answer;
  }
}

/** Posts a body as it is. */
export async function postRaw(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Answer | null> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  } catch {
    return null;
  }
  const parsed: unknown = await response.json().catch(() => null);
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed) || typeof parsed.code !== 'number')
    throw new Error(`an answer of another kind: ${response.status} ${JSON.stringify(parsed)}`);
  const codes = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    ...{ status: response.status, code: parsed.code, msg: 'msg' in parsed ? String(parsed.msg) : '' },
    unknown: codes('unknown' in parsed ? parsed.unknown : []),
    ...('failed' in parsed && { failed: codes(parsed.failed) }),
  };
}
