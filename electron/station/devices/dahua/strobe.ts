import type { Clock } from '../../runtime/ports.ts';
import { outcomeOf } from '../command-end.ts';
import type { CommandOutcome } from '../device.ts';
import { type Cgi, closePath, openPath } from './cgi.ts';
import type { Rpc } from './rpc.ts';
import type { DahuaSettings } from './settings.ts';

export interface StrobeDeps {
  readonly cgi: Cgi;
  readonly rpc: Rpc;
  readonly clock: Clock;
  /** The firmware lacks what is asked of it; null: it has it. */
  readonly lacks: (what: string | null) => void;
}

/** The arm behind the camera: by CGI, or by the RPC2 of newer firmware. */
export class Strobe {
  readonly #settings: DahuaSettings;
  readonly #deps: StrobeDeps;
  #byRpc: boolean;

  constructor(settings: DahuaSettings, deps: StrobeDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#byRpc = settings.strobe === 'rpc2';
  }

  get isByRpc(): boolean {
    return this.#byRpc;
  }

  async give(action: 'open' | 'close'): Promise<CommandOutcome> {
    const { clock, cgi, rpc, lacks } = this.#deps;
    const { channel, strobe, commandTtlMs } = this.#settings;
    const since = clock.monotonic();
    if (!this.#byRpc) {
      const ended = await cgi.order(action === 'open' ? openPath(channel) : closePath(channel), commandTtlMs);
      if (ended.verdict !== 'unsupported' || strobe === 'cgi') {
        lacks(ended.verdict === 'unsupported' ? '该固件不支持 CGI 开闸，请把开闸接口改为 RPC2' : null);
        return outcomeOf(ended);
      }
      // Nothing was done: the same order goes the other way, within its time.
      this.#byRpc = true;
    }
    const left = commandTtlMs - (clock.monotonic() - since);
    if (left <= 0) return { outcome: 'refused', detail: '相机应答太慢，没有在有效期内改用 RPC2' };
    return outcomeOf(await rpc.order(action === 'open' ? 'openStrobe' : 'closeStrobe', left));
  }
}
