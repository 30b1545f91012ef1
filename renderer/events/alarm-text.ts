import type { Translate } from '../lib/i18n/index.ts';
import { platformName } from '../lib/platform-name.ts';

interface Told {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
}

/**
 * An alarm in the words of the booth: what it means for the person there. `note` is the technical side, for whoever is
 * called; empty where the sentence says all there is.
 */
export function alarmText(
  { code, subject, detail }: Told,
  t: Translate,
  device: (deviceId: string) => string,
): { readonly text: string; readonly note: string } {
  switch (code) {
    case 'platform-offline':
      return { text: t('alarm.platformOffline', { platform: platformName(subject, t) }), note: detail };
    case 'device-offline':
      return { text: t('alarm.deviceOffline', { device: device(subject) }), note: '' };
    default:
      return { text: detail || code, note: '' };
  }
}
