import type { PlatformId } from '../../../shared/domain/site.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { LookedUp, Platform } from './platform.ts';

/** Somebody stands at the counter and waits. */
const PATIENCE_MS = 8_000;

interface Told extends LookedUp {
  readonly platform: PlatformId;
  readonly title: string;
}

/** Asks every platform that can be asked what it knows of a car. Never rejects; who does not answer in time has failed. */
export async function lookUpEverywhere(platforms: readonly Platform[], plate: string, clock: Clock): Promise<Told[]> {
  const patience = new AbortController();
  const cancel = clock.after(PATIENCE_MS, () => patience.abort(new Error('no answer in time')));
  const late = new Promise<never>((_, reject) => {
    patience.signal.addEventListener('abort', () => reject(patience.signal.reason), { once: true });
  });
  // Nobody may be left to hear it: then it is no failure.
  late.catch(() => undefined);
  try {
    return await Promise.all(
      platforms.flatMap((platform) => {
        if (!platform.lookUp) return [];
        const { id, title } = platform;
        return Promise.race([platform.lookUp(plate, patience.signal), late]).then(
          (said) => ({ platform: id, title, ...said }),
          (error: unknown) => ({
            platform: id,
            title,
            kind: 'failed' as const,
            detail: errorText(error).slice(0, 200),
          }),
        );
      }),
    );
  } finally {
    cancel();
  }
}
