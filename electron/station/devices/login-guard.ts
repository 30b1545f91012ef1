import type { Clock } from '../runtime/ports.ts';

/** As long as devices lock themselves after five wrong passwords. */
export const LOCK_MS = 30 * 60_000;
/** After the end of a lock that the device told. */
const MARGIN_MS = 10_000;

/** Keeps a wrong password from being tried until the device locks everybody out. One for all the ways to log in to a device. */
export class LoginGuard {
  readonly #clock: Clock;
  readonly #changed: (refusal: string | null) => void;
  #until: number | null = null;
  #told: string | null = null;
  #isLock = false;

  /** `changed`: told why nobody may log in, and null when somebody could again. */
  constructor(clock: Clock, changed: (refusal: string | null) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Why no login may be tried now. */
  refusal(): string | null {
    if (this.#until === null || this.#clock.monotonic() >= this.#until) return null;
    return this.#told;
  }

  /** Minutes until the next try, while none may be made. */
  get minutesLeft(): number | null {
    if (this.#until === null) return null;
    const left = this.#until - this.#clock.monotonic();
    return left > 0 ? Math.ceil(left / 60_000) : null;
  }

  /** The device said itself that it is locked. */
  get isLock(): boolean {
    return this.#isLock;
  }

  /**
   * A login was refused. `unlockMs`: how long the device says that it is locked; else it is left alone for half an hour.
   * @returns why, for people
   */
  refused(unlockMs: number | null): string {
    const pause = unlockMs === null ? LOCK_MS : unlockMs + MARGIN_MS;
    this.#until = this.#clock.monotonic() + pause;
    this.#isLock = unlockMs !== null;
    const minutes = Math.ceil(pause / 60_000);
    this.#told = this.#isLock
      ? `密码错误次数过多，设备已锁定，${minutes} 分钟后再试`
      : `设备拒绝登录，请核对用户名和密码（修改后立即重试，否则 ${minutes} 分钟后再试一次）`;
    this.#changed(this.#told);
    return this.#told;
  }

  accepted(): void {
    if (this.#until === null) return;
    this.#until = null;
    this.#told = null;
    this.#isLock = false;
    this.#changed(null);
  }
}
