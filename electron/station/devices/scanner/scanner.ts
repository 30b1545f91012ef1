import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { scannedKind } from '../../../../shared/domain/pay-code.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { DeviceDeps, DeviceFacts, Scanner } from '../device.ts';
import { addressText } from '../line-settings.ts';
import type { Line, LineAddress } from '../links.ts';
import { type CodeEnd, ScanParser } from './parser.ts';

/** The longest payment code has so many digits. */
const PAY_CODE_DIGITS = 24;

/** Digits that are no payment code, but may be what is left of one that was cut short. */
const mayBeCutPayCode = (code: string): boolean =>
  scannedKind(code) === 'other' && code.length < PAY_CODE_DIGITS && /^\d+$/.test(code);

/** 扫码枪 on a serial port. What it reads may be money: it goes to the station and nowhere else, neither a log nor the trace. */
export class SerialScanner implements Scanner {
  readonly id: string;
  readonly kind = 'scanner';
  readonly driver = 'serial';
  readonly #address: LineAddress;
  readonly #deps: DeviceDeps;
  readonly #parser: ScanParser;
  #line: Line | null = null;
  #lastScan: { readonly at: EpochMs; readonly characters: number } | null = null;
  #seenAt: EpochMs | null = null;
  #why = '未连接';

  constructor(id: string, address: LineAddress, deps: DeviceDeps) {
    this.id = id;
    this.#address = address;
    this.#deps = deps;
    this.#parser = new ScanParser(deps.clock, (code, end) => this.#read(code, end));
  }

  async start(): Promise<void> {
    this.#line = this.#deps.links.line(this.#address, {
      data: (bytes) => {
        this.#seenAt = this.#deps.clock.now();
        this.#parser.push(bytes);
      },
      state: (up, detail) => {
        this.#parser.clear();
        this.#why = detail;
        if (up) this.#seenAt = this.#deps.clock.now();
        this.#deps.events.state(this.id, up ? 'online' : 'offline', detail);
      },
    });
  }

  async stop(): Promise<void> {
    this.#parser.clear();
    this.#line?.close();
    this.#line = null;
  }

  lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  lastScan(): { readonly at: EpochMs; readonly characters: number } | null {
    return this.#lastScan;
  }

  facts(): DeviceFacts {
    return { address: addressText(this.#address) };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const isUp = this.#line?.isUp ?? false;
    const address = addressText(this.#address);
    const scan = this.#lastScan;
    const seconds = scan ? Math.round((this.#deps.clock.now() - scan.at) / 1000) : 0;
    return [
      {
        ...{ step: 'connection', result: isUp ? 'ok' : 'failed', tookMs: null },
        detail: isUp ? `已连接 ${address}` : `没有连上 ${address}：${this.#why}`,
        said: isUp
          ? { code: 'connected', figures: { address } }
          : { code: 'not-connected', figures: { address, reason: this.#why } },
      },
      {
        ...{ step: 'scan', result: scan ? 'ok' : 'skipped', tookMs: null },
        detail: scan ? `${seconds} 秒前扫到 ${scan.characters} 位的码` : '还没有扫到过码，请拿一个条码试一下',
        said: {
          code: scan ? 'scanned' : 'never-scanned',
          figures: scan ? { seconds, characters: scan.characters } : {},
        },
      },
    ];
  }

  #read(code: string | null, end: CodeEnd): void {
    const { clock, events, link } = this.#deps;
    if (code === null) {
      link.exchanged('in', '扫码', '[读不出的码]');
      events.scanned(this.id, null);
      return;
    }
    link.exchanged('in', '扫码', `[扫码 ${code.length} 位]`);
    this.#lastScan = { at: clock.now(), characters: code.length };
    // Half a payment code must never become the name of a car; what ended with a mark is whole.
    if (end === 'silence' && mayBeCutPayCode(code)) {
      events.scanned(this.id, null);
      return;
    }
    events.scanned(this.id, code);
  }
}
