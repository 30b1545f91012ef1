import { STATION } from '../../../shared/domain/events.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { PublishedTariff } from '../../../shared/domain/tariff-records.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { effectiveAt } from '../tariff/book.ts';
import { checkTariff } from '../tariff/check.ts';
import { by, contentSha256 } from './common.ts';
import type { Versions } from './versions.ts';

/**
 * Tariffs of the provision file. Of several for the whole car park the first is in force; the others wait for a lane that
 * names them, and say so, or else a later version of one of them would take the first one's place.
 */
function asMeant(tariffs: readonly Tariff[]): Tariff[] {
  const isGeneral = (tariff: Tariff): boolean =>
    tariff.areas === undefined && tariff.effectiveFrom === undefined && tariff.onlyNamed !== true;
  const first = tariffs.find(isGeneral);
  return tariffs.map((tariff) => (isGeneral(tariff) && tariff !== first ? { ...tariff, onlyNamed: true } : tariff));
}

/**
 * Publishes what the provision file says and the car park does not know yet. The newest word counts, whoever said it:
 *
 * - content that was provisioned before changes nothing, so what people published since stays in force over restarts;
 * - changed or new content is a new version in effect from now, and with it comes before what people published earlier;
 * - the tariffs of the very first start are in effect from always, because cars may be inside already.
 *
 * What the file no longer names is not withdrawn: cars inside may have come in under it.
 */
export function publishProvisioned(
  deps: { readonly store: Store; readonly clock: Clock; readonly log: Log; readonly versions: Versions },
  tariffs: readonly Tariff[],
): void {
  const { store, clock, log, versions } = deps;
  const first = versions.all().length === 0;
  const now = clock.now();
  const calendar = store.read.calendars.current();
  const calendarSha256 = contentSha256(calendar);
  const fresh = asMeant(tariffs).filter((tariff) => {
    const last = versions.all().findLast((each) => each.tariff.id === tariff.id && each.source === 'provision');
    return last?.provisionSha256 !== contentSha256(tariff);
  });
  if (fresh.length === 0) return;
  const published = fresh.map((tariff, index): PublishedTariff => {
    const version = Math.max(tariff.version ?? 0, versions.nextVersion(tariff.id));
    for (const finding of checkTariff(tariff, calendar))
      if (finding.severity === 'error')
        log.warn('a provisioned tariff contradicts itself', { tariff: tariff.id, ...finding });
    return {
      id: `${tariff.id}@${version}`,
      number: versions.nextNumber() + index,
      tariff: first ? { ...tariff, version } : { ...tariff, version, effectiveFrom: fromNow(tariff, now) },
      source: 'provision',
      provisionSha256: contentSha256(tariff),
      publishedAt: now,
      publishedBy: STATION.name,
      calendarSha256,
      casesPassed: 0,
      withdrawn: null,
    };
  });
  store.write((tx) => {
    for (const one of published)
      tx.record({ ...by(STATION, one.tariff.id), kind: 'tariff-published', body: { published: one, draftId: null } });
  });
}

const fromNow = (tariff: Tariff, now: EpochMs): string =>
  tariff.effectiveFrom !== undefined && effectiveAt(tariff) > now ? tariff.effectiveFrom : toRfc3339(now);
