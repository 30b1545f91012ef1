import { pino } from 'pino';
import type { Log } from './ports.ts';
import { redact } from './redact.ts';

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
