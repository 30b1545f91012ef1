import type { ServerResponse } from 'node:http';
import type { Platform } from '../../../electron/station/platforms/platform.ts';
import { readsFiles, settled } from '../../support/settled.ts';
import { until } from '../../support/until.ts';
import { type Data, PlatformStation, type StationOptions, type Tenant } from './platform-station.ts';

/** What the other side answers; `undefined`: nothing, ever. */
type Answer<Asked> = (asked: Asked) => Data | undefined;

interface Spy {
  readonly mock: { readonly calls: readonly unknown[]; readonly settledResults: readonly { readonly type: string }[] };
  mockRestore(): void;
}

/** What a world cannot know of its platform. */
interface Own<Made extends Platform> extends Tenant<Made> {
  readonly server: { readonly baseUrl: string; close(): Promise<void> };
  /** What the other side answers where the test says nothing. */
  readonly ok: Data;
  /** All that goes to the other side and waits for its answer. */
  readonly asking: Spy;
  /** All that makes what is going to be asked, where that takes time, as on another thread. */
  readonly making?: Spy;
}

const open = (spy: Spy | undefined): number =>
  spy?.mock.settledResults.filter(({ type }) => type === 'incomplete').length ?? 0;

/**
 * A station whose platform has its other side on a socket; answers take as long as they take. How the other side speaks is for
 * whoever extends it.
 */
export abstract class PlatformWorld<Made extends Platform, Asked> extends PlatformStation<Made> {
  /** What the other side was asked. */
  readonly asked: { readonly name: string; readonly data: Asked }[] = [];
  /** Whether somebody else is at work whose doings end by themselves, as one who pushes. */
  alsoBusy: () => boolean = () => false;
  readonly #own: Own<Made>;
  readonly #answers = new Map<string, Answer<Asked>>();
  readonly #raw = new Map<string, { readonly status: number; readonly text: string }>();
  /** Questions that are left without an answer. */
  #silent = 0;
  #closed: Promise<void> | undefined;

  protected constructor(own: Own<Made>, options: StationOptions) {
    super(own, options);
    this.#own = own;
  }

  protected override async close(): Promise<void> {
    await (this.#closed ?? this.#own.server.close());
    this.#own.asking.mockRestore();
    this.#own.making?.mockRestore();
  }

  get baseUrl(): string {
    return this.#own.server.baseUrl;
  }

  /** What the other side answers to this name from now on. */
  answer(name: string, answer: Answer<Asked> | Data): void {
    this.#answers.set(name, typeof answer === 'function' ? answer : () => answer);
  }

  /** The very answer to this name from now on, whatever it is. */
  answerHttp(name: string, status: number, text: string): void {
    this.#raw.set(name, { status, text });
  }

  /** The other side was asked something, and answers as it was told to. */
  protected hear(name: string, data: Asked, response: ServerResponse): void {
    this.asked.push({ name, data });
    const raw = this.#raw.get(name);
    if (raw) {
      response.writeHead(raw.status).end(raw.text);
      return;
    }
    const answer = (this.#answers.get(name) ?? (() => this.#own.ok))(data);
    if (answer !== undefined) {
      response.end(JSON.stringify(answer));
      return;
    }
    this.#silent += 1;
    response.once('close', () => {
      this.#silent -= 1;
    });
  }

  /** From now on nobody listens. */
  async vanish(): Promise<void> {
    this.#closed = this.#own.server.close();
    await this.#closed;
  }

  /** Time passes, in steps in which answers arrive. */
  async pass(ms: number, steps = 1): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.clock.advance(ms / steps);
      await this.settled();
    }
  }

  /** What left for the other side under this name. */
  sent(name: string): Asked[] {
    return this.asked.filter((each) => each.name === name).map(({ data }) => data);
  }

  /** Until the other side was asked this so often, and what it said has been understood. */
  async heard(name: string, times = 1): Promise<void> {
    await this.comes(`${name} asked ${times} times`, () => this.sent(name).length >= times);
    await this.settled();
  }

  /** Until it is so, while no time passes. */
  comes(what: string, probe: () => boolean): Promise<boolean> {
    return until(what, async () => {
      await this.clock.advance(0);
      return probe();
    });
  }

  /** Lets answers arrive and messages leave, while no time passes. */
  settled(): Promise<void> {
    const { asking, making } = this.#own;
    const made = (): number => making?.mock.calls.length ?? 0;
    return settled({
      busy: () => open(making) > 0 || this.alsoBusy() || readsFiles(),
      unanswered: () => open(asking) - this.#silent,
      happened: () => this.asked.length + 2 * asking.mock.calls.length - open(asking) + made(),
      turn: () => this.clock.advance(0),
    });
  }
}
