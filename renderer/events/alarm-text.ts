import type { Figures } from '../../shared/domain/events.ts';
import type { Translate } from '../lib/i18n/index.ts';
import type { zhAlarms } from '../lib/i18n/zh-alarms.ts';
import { platformName } from '../lib/platform-name.ts';

const told = [
  'disk-low',
  'backup-failed',
  'configuration-refused',
  'gate-command-lost',
  'journal-broken',
  'clock-moved',
  'camera-clock',
  'camera-opens',
  'clock-drift',
  'message-refused',
  'outbox-stuck',
  'row-unreadable',
  'qingdao-notice-failed',
  'channel-not-available',
  'platform-not-available',
  'platform-port-taken',
  'qingdao-no-subscription',
  'qingdao-confirmation-late',
  'qingdao-application-held',
  'qingdao-sealing',
  'photo-decoder-missing',
  'platform-guessing',
  'platform-line-away',
  'gate-authority-silent',
  'balance',
  'fee-source-silent',
  'keytop-payment-refused',
  'shenzhen-payment-case',
  'shenzhen-order-waits',
  'shenzhen-report',
  'shenzhen-berth-codes',
  'device-paper-out',
  'device-paper-low',
  'device-cover-open',
  'device-printer-error',
  'device-input-stuck',
  'device-login-refused',
  'device-no-answer',
  'device-firmware',
] as const satisfies readonly (keyof typeof zhAlarms.told)[];

const exact = [
  'gate-authority-missing',
  'loop-silent',
  'safety-loop-stuck',
  'disk-low',
  'gate-command-lost',
  'journal-broken',
  'clock-moved',
  'camera-clock',
  'berth-clock',
  'berth-not-believed',
  'kerb-listed',
  'clock-drift',
  'daily-check-late',
  'daily-check-differs',
  'daily-check-extra',
  'change-given-twice',
  'platform-port-taken',
  'platform-guessing',
  'platform-line-away',
] as const satisfies readonly (keyof typeof zhAlarms.exact)[];

/** What a listener's certificate is like: the figure `state` of its alarm. */
const certificateStates = [
  'closed',
  'kept',
  'ending',
  'ended',
] as const satisfies readonly (keyof typeof zhAlarms.certificate)[];

interface Told {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
  readonly figures?: Figures | undefined;
}

/**
 * An alarm in the words of the booth: what it means for the person there. `note` is the technical side, for whoever is
 * called; empty where the sentence says all there is.
 */
export function alarmText(
  { code, subject, detail, figures }: Told,
  t: Translate,
  device: (deviceId: string) => string,
): { readonly text: string; readonly note: string } {
  switch (code) {
    case 'platform-offline':
      return { text: t('alarm.platformOffline', { platform: platformName(subject, t) }), note: detail };
    case 'device-offline':
      return { text: t('alarm.deviceOffline', { device: device(subject) }), note: '' };
    case 'platform-certificate': {
      const state = certificateStates.find((each) => each === figures?.['state']) ?? 'closed';
      const platform = platformName(subject, t);
      return { text: t(`alarm.certificate.${state}`, { ...figures, platform }), note: detail };
    }
    default: {
      const named = figures?.['platform'];
      const platform = platformName(typeof named === 'string' ? named : subject, t);
      const figured = exact.find((each) => each === code);
      if (figured !== undefined && figures !== undefined)
        return { text: t(`alarm.exact.${figured}`, { ...figures, device: device(subject), platform }), note: detail };
      const known = told.find((each) => each === code);
      const text =
        known === undefined || detail === ''
          ? detail || code
          : t(`alarm.told.${known}`, { subject, platform, device: device(subject) });
      return { text, note: text.includes(detail) ? '' : detail };
    }
  }
}
