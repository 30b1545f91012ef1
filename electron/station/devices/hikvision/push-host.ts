import type { CommandEnd } from '../command-end.ts';
import type { Isapi } from './isapi.ts';
import { hostBody, isHost, PATHS, pushProtocolBody } from './messages.ts';
import type { HikvisionSettings } from './settings.ts';

const CONFIGURE_MS = 3_000;

export interface PushHostDeps {
  readonly isapi: Isapi;
  /** What keeps the camera from pushing; null: nothing does. */
  readonly lacks: (what: 'host' | 'protocol', detail: string | null) => void;
}

const isUnclear = ({ verdict }: CommandEnd): boolean =>
  verdict === 'none' || verdict === 'lost' || verdict === 'unclear';

/** Tells a camera that it shall push, and where to, unless a person typed that in. Both are settings, not commands: they may be told again. */
export class PushHost {
  readonly #settings: HikvisionSettings;
  readonly #deps: PushHostDeps;
  #isOwed = false;
  #isTelling = false;

  constructor(settings: HikvisionSettings, deps: PushHostDeps) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** It came back, and may have forgotten. */
  owe(): void {
    this.#isOwed = this.#settings.receive !== 'stream';
  }

  /** Tells what is owed. What got lost is told again the next time; what was refused, when the camera has been away. */
  async tell(): Promise<void> {
    if (!this.#isOwed || this.#isTelling) return;
    this.#isTelling = true;
    try {
      await this.#tell();
    } finally {
      this.#isTelling = false;
    }
  }

  async #tell(): Promise<void> {
    const { isapi, lacks } = this.#deps;
    const host = await this.#host();
    // Needed by some models also where the address was typed in by hand, unknown to others.
    const protocol = await isapi.put(PATHS.pushProtocol, pushProtocolBody, CONFIGURE_MS);
    this.#isOwed = isUnclear(host) || isUnclear(protocol);
    const isFine = protocol.verdict === 'done' || protocol.verdict === 'unsupported';
    lacks('host', host.verdict === 'done' ? null : `相机没有接受推送地址：${host.detail}`);
    lacks('protocol', isFine ? null : `相机没有接受推送协议的设置：${protocol.detail}`);
  }

  async #host(): Promise<CommandEnd> {
    const { stationAddress: ipAddress, stationPort: portNo } = this.#settings;
    const done = { verdict: 'done', detail: '' } as const;
    if (ipAddress === undefined) return done;
    const told = { ipAddress, portNo, url: '/devices/hikvision' };
    const now = await this.#deps.isapi.get(PATHS.httpHost);
    if (!('failed' in now) && now.status === 200 && isHost(now.text, told)) return done;
    return this.#deps.isapi.put(PATHS.httpHost, hostBody(told), CONFIGURE_MS);
  }
}
