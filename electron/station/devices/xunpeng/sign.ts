import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { DisplayColor } from '../../../../shared/domain/display.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CommandOutcome, DeviceDeps, DeviceFacts, Sign } from '../device.ts';
import { addressText } from '../line-settings.ts';
import type { Line, LineAddress } from '../links.ts';
import { ordersRelay, RELAY_REFUSED } from '../raw-guard.ts';
import { encodeCount, isFramed } from './frame.ts';
import type { SignSettings } from './settings.ts';

const WRITE_MS = 2_000;

/** The sign itself moves nothing; a voice board on the same line might, and put together what comes in pieces. */
function rawRefusal(bytes: Uint8Array): string | null {
  if (ordersRelay(bytes)) return RELAY_REFUSED;
  return isFramed(bytes) ? null : '不是完整的帧（应以 3A 开头、0A 结尾），没有发送';
}

/** A sign with a number. It never answers: what was written is all that is known of it. */
export class XunpengSign implements Sign {
  readonly id: string;
  readonly kind = 'sign';
  readonly driver: string;
  readonly area: string | null;
  readonly #address: LineAddress;
  readonly #digits: number;
  readonly #deps: DeviceDeps;
  #line: Line | null = null;
  /** Why the line is not open. */
  #why = '未连接';
  #seenAt: EpochMs | null = null;
  #showing: { readonly free: number; readonly color: DisplayColor } | null = null;

  constructor(
    id: string,
    where: { readonly driver: string; readonly address: LineAddress },
    settings: SignSettings,
    deps: DeviceDeps,
  ) {
    this.id = id;
    this.driver = where.driver;
    this.area = settings.area ?? null;
    this.#address = where.address;
    this.#digits = settings.digits;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#line = this.#deps.links.line(this.#address, {
      data: () => undefined,
      state: (up, detail) => {
        if (up) this.#seenAt = this.#deps.clock.now();
        else this.#why = detail;
        this.#deps.events.state(this.id, up ? 'online' : 'offline', detail);
        const known = this.#showing;
        if (up && known) void this.show(known.free, known.color);
      },
    });
  }

  async stop(): Promise<void> {
    this.#line?.close();
    this.#line = null;
  }

  lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  facts(): DeviceFacts {
    return { address: addressText(this.#address) };
  }

  showing(): { readonly free: number; readonly color: DisplayColor } | null {
    return this.#showing;
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const address = addressText(this.#address);
    if (!this.#line?.isUp)
      return [
        {
          ...{ step: 'connection', result: 'failed', detail: `没有连上 ${address}：${this.#why}`, tookMs: null },
          said: { code: 'not-connected', figures: { address, reason: this.#why } },
        },
      ];
    return [
      {
        ...{ step: 'connection', result: 'ok', detail: `已连接 ${address}`, tookMs: null },
        said: { code: 'connected', figures: { address } },
      },
      {
        ...{ step: 'commands', result: 'skipped', detail: '该设备不应答，只能发送；请看屏或听语音确认', tookMs: null },
        said: { code: 'answers-nothing', figures: {} },
      },
    ];
  }

  async show(free: number, color: DisplayColor): Promise<CommandOutcome> {
    this.#showing = { free, color };
    return this.#send(`余位 ${free}`, encodeCount(free, color, this.#digits));
  }

  raw(bytes: Uint8Array): Promise<CommandOutcome> {
    const refusal = rawRefusal(bytes);
    if (refusal !== null) return Promise.resolve({ outcome: 'refused', detail: refusal });
    return this.#send('原始字节', bytes);
  }

  async #send(head: string, frame: Uint8Array): Promise<CommandOutcome> {
    const { link, clock } = this.#deps;
    const line = this.#line;
    if (!line) return { outcome: 'refused', detail: '余位屏未投入使用' };
    const since = clock.monotonic();
    return line.turn('usual', async () => {
      const written = await line.write(frame, WRITE_MS);
      if (written === 'none') return { outcome: 'refused', detail: `${addressText(this.#address)} 未连接` };
      link.exchanged('out', head, frame);
      if (written === 'some') return { outcome: 'unknown', detail: '没有全部发出' };
      link.took(clock.monotonic() - since);
      this.#seenAt = clock.now();
      return { outcome: 'done', detail: '已发出（该屏不应答）' };
    });
  }
}
