import type { EventBody } from '../../../shared/domain/events.ts';
import { formatDuration } from '../../lib/format.ts';
import { alarmText } from '../alarm-text.ts';
import { call, platform, stop, type Tellers } from './teller.ts';

type Kind =
  | 'device-state'
  | 'lane-input'
  | 'alarm'
  | 'message-retried'
  | 'message-discarded'
  | 'messages-handled'
  | 'messages-repaired'
  | 'day-check-acknowledged'
  | 'evidence-exported'
  | 'exported'
  | 'display-tested'
  | 'device-raw-sent'
  | 'receipt-printed'
  | 'drawer-opened'
  | 'practice-started'
  | 'practice-ended'
  | 'config-applied'
  | 'backup-made'
  | 'backup-removed'
  | 'backup-restored'
  | 'backups-configured'
  | 'station-started'
  | 'station-stopped'
  | 'clock-jumped';

function paperKey({ what, automatic, copy }: EventBody<'receipt-printed'>) {
  if (what === 'test' || what === 'shift') return what;
  if (what === 'change') return automatic ? 'changeByItself' : copy > 1 ? 'changeAgain' : 'change';
  return automatic ? 'byItself' : copy > 1 ? 'again' : 'receipt';
}

/** The machines, the lines, and who was at the workstation. */
export const stationTellers: Tellers<Kind> = {
  'device-state': (b, w) =>
    b.state === 'online'
      ? w.t('event.deviceOnline', { device: w.device(b.deviceId) })
      : stop(w.t('event.deviceOffline', { device: w.device(b.deviceId) })),
  'lane-input': (b, w) => w.t('event.input', { role: b.role, state: w.t(b.on ? 'event.on' : 'event.off') }),
  alarm: (b, w) => {
    const text = w.t(b.cleared ? 'event.alarmCleared' : 'event.alarm', { detail: alarmText(b, w.t, w.device).text });
    return b.cleared || b.severity === 'info' ? text : b.severity === 'alarm' ? stop(text) : call(text);
  },
  'message-retried': (b, w) => w.t('event.retried', { platform: platform(b.platform, w), id: b.outboxId }),
  'message-discarded': (b, w) =>
    w.t('event.discarded', { platform: platform(b.platform, w), id: b.outboxId, reason: b.reason }),
  'messages-handled': (b, w) =>
    b.action === 'retry'
      ? w.t('event.manyRetried', { n: b.count })
      : w.t('event.manyDiscarded', { n: b.count, reason: b.reason }),
  'messages-repaired': (b, w) =>
    w.t('event.repaired', { platform: platform(b.platform, w), inserted: b.inserted, retried: b.retried }),
  'day-check-acknowledged': (b, w) =>
    w.t('event.dayAcknowledged', { platform: platform(b.platform, w), day: b.day, reason: b.reason }),
  exported: (b, w) => w.t('event.exported', { name: w.actor.name, n: b.rows }),
  'evidence-exported': (_b, w) => w.t('event.evidenceExported', { name: w.actor.name }),
  'display-tested': (b, w) =>
    w.t(b.speech === undefined ? 'event.displayTested' : 'event.displayTestedAloud', {
      ...{ name: w.actor.name, device: w.device(b.deviceId), text: b.lines.join(' / ') },
      speech: b.speech ?? '',
    }),
  'device-raw-sent': (b, w) =>
    call(
      w.t('event.rawSent', {
        ...{ name: w.actor.name, device: w.device(b.deviceId), reason: b.reason },
        n: b.hex.length / 2,
      }),
    ),
  'receipt-printed': (b, w) => {
    const failed = { paper: w.t(`event.paper.named.${b.what}`), detail: b.detail };
    if (b.outcome !== 'done')
      return call(w.t(b.outcome === 'refused' ? 'event.paper.notPrinted' : 'event.paper.maybePrinted', failed));
    const how = { ...{ name: w.actor.name, device: w.device(b.deviceId), n: b.copy - 1, detail: b.detail } };
    return w.t(`event.paper.${paperKey(b)}`, how);
  },
  'drawer-opened': (b, w) => {
    const device = w.device(b.deviceId);
    const what =
      b.reason === null
        ? w.t('event.paper.drawer', { device })
        : w.t('event.paper.drawerByHand', { name: w.actor.name, device, reason: b.reason });
    const ended = b.outcome === 'done' ? what : `${what} · ${w.t(`event.paper.${b.outcome}`, { detail: b.detail })}`;
    return b.reason === null && b.outcome === 'done' ? ended : call(ended);
  },
  'practice-started': (_b, w) => w.t('event.practiceStarted', { name: w.actor.name }),
  'practice-ended': (b, w) => w.t('event.practiceEnded', { name: b.trainee, n: b.lessons }),
  'config-applied': (b, w) =>
    b.source === 'fallback'
      ? stop(w.t('event.configFellBack'))
      : b.changeCount === 0
        ? w.t('event.config')
        : w.t('event.configChanged', { n: b.changeCount }),
  'backup-made': (b, w) => w.t(b.why === 'daily' ? 'event.backupDaily' : 'event.backupMade', { id: b.id }),
  'backup-removed': (b, w) => w.t('event.backupRemoved', { id: b.id }),
  'backup-restored': (b, w) => stop(w.t('event.backupRestored', { id: b.id, n: b.lostRows })),
  'backups-configured': (_b, w) => w.t('event.backupsConfigured'),
  'station-started': (b, w) =>
    b.previous === 'crashed'
      ? stop(
          w.t('event.startedAfterCrash', { duration: formatDuration(Math.ceil((b.downMs ?? 0) / 60_000), w.language) }),
        )
      : w.t('event.started'),
  'station-stopped': (_b, w) => w.t('event.stopped'),
  'clock-jumped': (b, w) => call(w.t('event.clockJumped', { seconds: Math.round(b.byMs / 1000) })),
};
