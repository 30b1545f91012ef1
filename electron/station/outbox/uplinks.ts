import type { Platform } from '../platforms/platform.ts';
import { every } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';

const LOOK_EVERY_MS = 2_000;

/**
 * Tells when the way to a platform opens and closes, for those that know it better than the outbox: their pauses are told to them by
 * their specification, and much of what they send never comes through here.
 */
export function watchUplinks(deps: {
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: (platform: Platform, up: boolean, reason: string) => void;
}): Cancel {
  const knowing = deps.platforms.filter((platform) => platform.status().uplink !== undefined);
  if (knowing.length === 0) return () => undefined;
  const down = new Set<Platform>();
  const look = (): void => {
    for (const platform of knowing) {
      const { uplink } = platform.status();
      const isDown = uplink?.state === 'offline';
      if (uplink === undefined || isDown === down.has(platform)) continue;
      if (isDown) down.add(platform);
      else down.delete(platform);
      deps.changed(platform, !isDown, uplink.detail);
    }
  };
  return every(deps.clock, LOOK_EVERY_MS, look, (error) =>
    deps.log.error('the way to a platform could not be told', { error: errorText(error) }),
  );
}
