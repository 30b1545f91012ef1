import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type QingdaoKeys, QingdaoPlatform } from '../../peers/qingdao/index.ts';
import { answerCalls, Called } from './calls.ts';

/**
 * The independent city in a process of its own, so that neither its arithmetic nor its memory is the station's, and what it has to say in
 * the end. `refusing`: nobody listens · `answers-lost`: it takes what comes, and the line is cut before it answers · `http-500`,
 * `code-500`: it answers that it cannot.
 */
export const cityStateSchema = z.enum(['up', 'refusing', 'answers-lost', 'http-500', 'code-500']);
export type CityState = z.infer<typeof cityStateSchema>;

/** The records of a stay, in the order in which a stay's come to be. */
const RECORDS = ['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData', 'uploadPhoto'] as const;
const recordNameSchema = z.enum(RECORDS);
const wordsSchema = z.object({
  ...{ uid: z.string(), plateNo: z.string().optional(), type: z.number().optional() },
  ...{ arriveTime: z.string().optional(), actualPay: z.number().optional() },
  ...{ arriveID: z.string().optional(), endID: z.string().optional() },
  ...{ billID: z.string().optional(), photoID: z.string().optional() },
});

const takenSchema = z.object({
  name: recordNameSchema,
  /** By the city's clock. */
  at: z.number(),
  repeat: z.boolean(),
  /** It was taken, and the answer never left. */
  answerLost: z.boolean(),
  data: wordsSchema,
});
/** A record that the city took, or took once more. */
export type Taken = z.infer<typeof takenSchema>;

const countsSchema = z.object({ records: z.int(), photos: z.int(), requests: z.int() });
const bookSchema = z.object({
  taken: z.array(takenSchema),
  /** What it said no to, and repeats that say something else than the first time. */
  complaints: z.array(z.string()),
  outcomes: z.record(z.string(), z.int()),
});
export type CityBook = z.infer<typeof bookSchema>;

const samplesSchema = z.array(
  z.object({ name: recordNameSchema, data: z.record(z.string(), z.unknown()), file: z.string().optional() }),
);
export type Sample = z.infer<typeof samplesSchema>[number];

const addressSchema = z.object({ url: z.url(), beside: z.url() });
const startSchema = z.object({
  keys: z.custom<QingdaoKeys>((keys) => typeof keys === 'object' && keys !== null),
  ...{ accessId: z.string(), parkingCode: z.string() },
});
type CityStart = z.infer<typeof startSchema>;

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) serve();

function serve(): void {
  let ahead = 0;
  let state: CityState = 'up';
  let city: QingdaoPlatform | undefined;
  /** Where in its log the answers began to get lost, and where that ended. */
  const lost: { readonly from: number; to: number }[] = [];
  const platform = (): QingdaoPlatform => {
    if (!city) throw new Error('not started');
    return city;
  };

  async function become(next: CityState): Promise<void> {
    const { log } = platform();
    const open = lost.at(-1);
    if (state === 'answers-lost' && open) open.to = log.length;
    if (next === 'answers-lost') lost.push({ from: log.length, to: Number.POSITIVE_INFINITY });
    platform().clearFaults();
    if (next === 'refusing') await platform().stop();
    else if (state === 'refusing') await platform().start();
    if (next === 'answers-lost') platform().fault({ kind: 'answer-lost' });
    if (next === 'http-500') platform().fault({ kind: 'http-status', status: 500 });
    if (next === 'code-500') platform().fault({ kind: 'result-code', code: 500, msg: '服务器错误' });
    state = next;
  }

  function book(): CityBook {
    const { log, violations, repeats } = platform();
    const outcomes: Record<string, number> = {};
    const taken: Taken[] = [];
    for (const [at, line] of log.entries()) {
      const outcome = `${line.interface} ${line.outcome}`;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      const name = recordNameSchema.safeParse(line.interface);
      const repeat = line.outcome === 'repeat';
      if (!name.success || (line.outcome !== 'accepted' && !repeat)) continue;
      const answerLost = lost.some(({ from, to }) => at >= from && at < to);
      taken.push({ name: name.data, at: line.at, repeat, answerLost, data: wordsSchema.parse(line.body) });
    }
    const complaints = [
      ...violations.map(({ interface: name, rule, detail }) => `${name} ${rule}: ${detail}`),
      ...repeats
        .filter(({ changed }) => changed.length > 0)
        .map((repeat) => `${repeat.interface} ${repeat.id} came again with another ${repeat.changed.join(', ')}`),
    ];
    return { taken, complaints, outcomes };
  }

  /** Everything of every so many stays, as it came, about `count` messages of one kind. */
  function samples(kind: 'record' | 'photo', count: number): Sample[] {
    const { log, books } = platform();
    const found: Sample[] = [];
    for (const { interface: told, outcome, body } of log) {
      const name = recordNameSchema.safeParse(told);
      if (!name.success || outcome !== 'accepted' || body === null) continue;
      if ((name.data === 'uploadPhoto') !== (kind === 'photo')) continue;
      const jpeg = name.data === 'uploadPhoto' ? books.photos.get(String(body['photoID']))?.jpeg : undefined;
      found.push({ name: name.data, data: body, ...(jpeg ? { file: jpeg.toString('base64') } : {}) });
    }
    const every = Math.max(1, Math.floor(found.length / count));
    return found.filter((_, at) => at % every === 0).slice(0, count);
  }

  const pairSchema = z.object({ kind: z.enum(['record', 'photo']), count: z.int() });
  answerCalls({
    start: async (given) => {
      const options = startSchema.parse(given);
      const now = (): number => Date.now() + ahead;
      city = new QingdaoPlatform({ ...options, now });
      // The same city for another car park: what is posted there for comparison stands in nobody's way.
      const beside = new QingdaoPlatform({ ...options, now });
      await Promise.all([city.start(), beside.start()]);
      return { url: city.baseUrl, beside: beside.baseUrl };
    },
    clock: (now) => {
      ahead = z.number().parse(now) - Date.now();
    },
    become: (next) => become(cityStateSchema.parse(next)),
    stumble: (name) => {
      const once = { times: 1, interface: recordNameSchema.parse(name) };
      platform().fault({ kind: 'result-code', code: 500, msg: '服务器错误' }, once);
    },
    counts: () => {
      const { entries, exits, payments, photos } = platform().books;
      return {
        records: entries.size + exits.size + payments.size,
        photos: photos.size,
        requests: platform().log.length,
      };
    },
    book,
    samples: (given) => {
      const { kind, count } = pairSchema.parse(given);
      return samples(kind, count);
    },
  });
}

export class AwayCity {
  readonly url: string;
  /** Where it takes the same for another car park. */
  readonly beside: string;
  readonly #called: Called;

  private constructor(called: Called, { url, beside }: z.infer<typeof addressSchema>) {
    this.#called = called;
    this.url = url;
    this.beside = beside;
  }

  static async start(options: CityStart): Promise<AwayCity> {
    const called = new Called(fileURLToPath(import.meta.url), []);
    return new AwayCity(called, await called.call(addressSchema, 'start', options));
  }

  clock(now: number): Promise<unknown> {
    return this.#called.call(z.unknown(), 'clock', now);
  }

  become(state: CityState): Promise<unknown> {
    return this.#called.call(z.unknown(), 'become', state);
  }

  /** It cannot take the next of these, and takes everything else: what follows in that stay must wait for it. */
  stumble(name: Taken['name']): Promise<unknown> {
    return this.#called.call(z.unknown(), 'stumble', name);
  }

  counts(): Promise<z.infer<typeof countsSchema>> {
    return this.#called.call(countsSchema, 'counts');
  }

  book(): Promise<CityBook> {
    return this.#called.call(bookSchema, 'book');
  }

  samples(kind: 'record' | 'photo', count: number): Promise<Sample[]> {
    return this.#called.call(samplesSchema, 'samples', { kind, count });
  }

  close(): Promise<void> {
    return this.#called.kill();
  }
}
