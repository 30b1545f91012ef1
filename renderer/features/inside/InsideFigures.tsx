import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Figure } from '../../office/Values.tsx';

/** How many stand inside, and why that is the header's number: open stays and what people counted besides. */
export function InsideFigures({ occupancy, staleDays }: { occupancy: Occupancy | null; staleDays: number }) {
  const { t } = useWords();
  const hours = staleDays * 24;
  const stale = useAsk(
    (client, signal) => client.sessions.stale({ hours, page: 1, pageSize: 1 }, { signal }),
    [hours, occupancy],
  );
  const known = occupancy !== null;
  const { whole, correction } = occupancy ?? { whole: { inside: 0, free: 0 }, correction: 0 };
  const counted = whole.inside - correction;
  const show = (value: number): string => (known ? String(value) : '—');
  return (
    <div className="inside-figures">
      <Figure label={t('inside.figures.inside')} value={show(whole.inside)} note={t('inside.figures.insideNote')} />
      <Figure
        label={t('inside.figures.counted')}
        value={show(counted)}
        note={t('inside.figures.countedNote')}
        to={href('inside')}
      />
      <Figure
        label={t('inside.figures.correction')}
        value={known ? `${correction > 0 ? '+' : ''}${correction}` : '—'}
        note={t('inside.figures.correctionNote')}
        tone={correction === 0 ? 'plain' : 'call'}
      />
      <Figure label={t('inside.figures.free')} value={show(whole.free)} />
      <Figure
        label={t('inside.figures.stale', { days: staleDays })}
        value={stale.data ? String(stale.data.total) : '—'}
        note={t('inside.figures.staleNote')}
        tone={(stale.data?.total ?? 0) > 0 ? 'call' : 'plain'}
        to={href('inside', { query: { hours: String(hours) } })}
      />
    </div>
  );
}
