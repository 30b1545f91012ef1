import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Delivery, Trace } from '../platforms/platform.ts';
import { mayHoldSecret, withoutSecrets } from '../runtime/redact.ts';
import type { KeptAttempt, KeptTrace } from '../store/outbox-attempt-store.ts';

/** Characters kept of what left and of what came back. The longest business message has some 700. */
const PLAIN_MOST = 4_000;
const ANSWER_MOST = 2_000;
/** A secret shorter than this would blot out ordinary words. */
const SECRET_LEAST = 6;
const BLOT = '[redacted]';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Secrets by the names of their fields. A text that holds none stays as it was signed, to the letter. */
function masked(text: string): string {
  if (!mayHoldSecret(text)) return text;
  const value = parsed(text);
  if (isObject(value)) {
    const clean = JSON.stringify(withoutSecrets(value));
    return clean === JSON.stringify(value) ? text : clean;
  }
  if (/^[\w.-]+=[^&]*(&[\w.-]+=[^&]*)*$/.test(text))
    return text
      .split('&')
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=');
        const clean = withoutSecrets({ [name]: rest.join('=') });
        return isObject(clean) ? `${name}=${Object.values(clean).join('')}` : pair;
      })
      .join('&');
  return String(withoutSecrets(text));
}

/**
 * A platform's attempts as they may be kept: a platform is asked to put no secret into a trace, and here nobody relies on it. Its
 * own keys are blotted out wherever they turn up, also with their line ends written as `\n`.
 */
export class AttemptKeeper {
  readonly #secrets: readonly string[];

  constructor(secrets: readonly string[] = []) {
    this.#secrets = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))]
      .filter((secret) => secret.length >= SECRET_LEAST)
      .sort((a, b) => b.length - a.length);
  }

  keep(number: number, at: EpochMs, tookMs: number, delivery: Delivery): KeptAttempt {
    const outcome = delivery.kind === 'retry' ? delivery.scope : delivery.kind;
    const reason = delivery.kind === 'delivered' ? '' : this.clean(delivery.reason).slice(0, 500);
    const trace = delivery.trace ? this.#trace(delivery.trace) : null;
    return { number, at, tookMs: Math.round(tookMs), outcome, reason, trace };
  }

  /** A text without this platform's secrets. */
  clean(text: string): string {
    let clean = masked(text);
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, BLOT);
    return clean;
  }

  #trace({ request, plain, attached, answer }: Trace): KeptTrace {
    const sent = this.clean(plain);
    const came = answer && this.clean(answer.text);
    return {
      request: this.clean(request).slice(0, 300),
      plain: sent.slice(0, PLAIN_MOST),
      attached: [...(attached ?? [])],
      answer: answer && { status: answer.status, text: (came ?? '').slice(0, ANSWER_MOST) },
      cut: Math.max(0, sent.length - PLAIN_MOST) + Math.max(0, (came ?? '').length - ANSWER_MOST),
    };
  }
}
