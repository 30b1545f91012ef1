import { type EpochMs, shanghaiDate } from '../../../shared/domain/time.ts';
import type { ListenAt } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';

const CODE = 'platform-certificate';
/** Three weeks: a manager is on holiday for two, and a certificate is not bought in a day. */
const SOON_MS = 21 * 86_400_000;

/** What the certificate of a listener is like, as far as somebody must do something about it. */
export type CertificateTrouble =
  /** It cannot be used, so nobody is heard. */
  | { readonly state: 'closed'; readonly reason: string }
  /** What the files hold by now cannot be used; the one before still is. */
  | { readonly state: 'kept'; readonly reason: string; readonly until: EpochMs }
  | { readonly state: 'ending' | 'ended'; readonly until: EpochMs };

/** @returns what a certificate that ends then is like now */
export function agedTrouble(until: EpochMs, now: EpochMs): CertificateTrouble | undefined {
  if (now > until) return { state: 'ended', until };
  return until - now <= SOON_MS ? { state: 'ending', until } : undefined;
}

/** One alarm for each platform, which always tells of the present trouble. */
export class CertificateAlarm {
  readonly #id: string;
  readonly #at: ListenAt;
  readonly #alarms: Alarms;
  #told = '';

  constructor(id: string, at: ListenAt, alarms: Alarms) {
    this.#id = id;
    this.#at = at;
    this.#alarms = alarms;
  }

  tell(trouble: CertificateTrouble | undefined): void {
    const now = JSON.stringify(trouble ?? '');
    if (now === this.#told) return;
    this.#told = now;
    // What stands is not told again in other words, so it ends first.
    this.#alarms.clear(CODE, this.#id);
    if (!trouble) return;
    const { host, port } = this.#at;
    const until = 'until' in trouble ? shanghaiDate(trouble.until) : '';
    this.#alarms.raise({
      ...{ code: CODE, subject: this.#id, severity: trouble.state === 'ending' ? 'warning' : 'alarm' },
      detail: wordsFor(trouble, `${host}:${port}`, until),
      figures: { state: trouble.state, host, port, until },
    });
  }
}

function wordsFor(trouble: CertificateTrouble, at: string, until: string): string {
  switch (trouble.state) {
    case 'closed':
      return `${at} 的 HTTPS 证书不能使用：${trouble.reason}。收不到平台下发的请求，持续重试中`;
    case 'kept':
      return `${at} 现在的 HTTPS 证书文件不能使用：${trouble.reason}。仍在用原来的证书，${until} 到期`;
    case 'ending':
      return `${at} 的 HTTPS 证书 ${until} 到期，请提前更换`;
    case 'ended':
      return `${at} 的 HTTPS 证书已于 ${until} 到期，平台可能拒绝连接，请立即更换`;
  }
}
