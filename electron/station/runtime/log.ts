import { pino } from 'pino';
import type { Log } from './ports.ts';

/**
 * Names of fields that never reach a log, at any depth: passwords, keys, tokens, signatures, payment codes, pictures.
 * A name matches when it contains one of these, whatever its case and separators.
 */
const SECRET_NAMES =
  /pass_?w|password|secret|token|authorization|private_?key|cipher|(?:^|_)sign$|signature|auth_?code|pay_?code|image_?file|base64|^file$/i;

/** A PEM block or a long base64 run inside a text, e.g. quoted by somebody else's error message. */
const SECRET_TEXT = /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)|[A-Za-z0-9+/]{200,}={0,2}/g;

/** A copy of `value` that is safe to write down. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXT, '[redacted]');
  if (value instanceof Error) {
    return {
      name: value.name,
      message: redact(value.message),
      ...(value.cause ? { cause: redact(value.cause, depth + 1) } : {}),
    };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAMES.test(name) ? '[redacted]' : redact(item, depth + 1),
    ]),
  );
}

/** Structured logs as JSON lines. `write` receives whole lines. */
export function createLog(write: (line: string) => void, level: 'debug' | 'info' | 'warn' | 'error' = 'info'): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  const wrap = (scope: string | undefined): Log => {
    const line =
      (severity: 'debug' | 'info' | 'warn' | 'error') =>
      (message: string, fields?: Readonly<Record<string, unknown>>) => {
        const safe = fields === undefined ? {} : (redact(fields) as Record<string, unknown>);
        logger[severity]({ ...(scope === undefined ? {} : { scope }), ...safe }, String(redact(message)));
      };
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      child: (name) => wrap(scope === undefined ? name : `${scope}/${name}`),
    };
  };
  return wrap(undefined);
}
