import { sleep } from '../../runtime/clock.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Heard } from '../heard.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import type { Downlink } from './envelope.ts';
import { ClientLine, type Line } from './line.ts';
import type { ShenzhenDown } from './messages.ts';
import { Receiver } from './receiver.ts';
import { ServerLine } from './server.ts';
import { Speech } from './speech.ts';

const MINUTE_MS = 60_000;
/** What is still being carried out at the end gets so long. */
const GOODBYE_MS = 5000;

/** The line by which the city calls us, whoever makes it; an alarm when it is away for long. */
export class ShenzhenDownlink {
  readonly #context: ShenzhenContext;
  readonly #own: Downlink;
  readonly #receiver: Receiver;
  readonly #line: Line;
  #cancelAway: Cancel = () => undefined;
  #away = false;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(context: ShenzhenContext, own: Downlink, ca: string | undefined, messages: readonly ShenzhenDown[]) {
    const { clock, entropy, settings } = context;
    const log = context.log.child('line');
    this.#context = context;
    this.#own = own;
    const heard = new Heard(SHENZHEN.name, context);
    this.#receiver = new Receiver(context, own, heard, messages);
    const deps = {
      ...{ own, clock, log, entropy, ca, receiver: this.#receiver },
      speech: new Speech(settings, own, context),
      connectMs: settings.timeouts.connectMs,
      changed: () => this.#changed(),
      turnedAway: (remote: string) => heard.turnedAway(remote, 'address'),
    };
    this.#line = own.role === 'client' ? new ClientLine(deps) : new ServerLine(deps);
  }

  get online(): boolean {
    return this.#line.online;
  }

  start(): void {
    this.#line.start();
    this.#changed();
  }

  async stop(): Promise<void> {
    this.#cancelAway();
    this.#line.stop();
    this.#cancelAway();
    const over = new AbortController();
    await Promise.race([
      this.#receiver.idle(),
      sleep(this.#context.clock, GOODBYE_MS, over.signal).catch(() => undefined),
    ]);
    over.abort();
  }

  #changed(): void {
    this.#cancelAway();
    if (this.#line.online) {
      if (this.#away) this.#tell(false);
      return;
    }
    const { awayMinutes } = this.#own;
    if (awayMinutes === 0) return;
    this.#cancelAway = this.#context.clock.after(awayMinutes * MINUTE_MS, () => this.#tell(true));
  }

  #tell(away: boolean): void {
    this.#away = away;
    const { commands, log } = this.#context;
    const minutes = this.#own.awayMinutes;
    try {
      commands.alarm({
        ...{ code: 'platform-line-away', subject: SHENZHEN.name, severity: 'warning', cleared: !away },
        detail: away ? `下行连接断开超过 ${minutes} 分钟，收不到云平台的下发与支付通知` : '',
        figures: { minutes },
      });
    } catch (error) {
      log.error('an alarm could not be stored', { reason: errorText(error) });
    }
  }
}
