import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { useOccupancy } from './use-occupancy.ts';

export function SpacesBox() {
  const { t } = useWords();
  const spaces = useLive((state) => state.frame?.spaces);
  const areas = useOccupancy()?.areas ?? [];
  if (!spaces) return null;
  const full = spaces.free <= 0;
  return (
    <section className="spaces" data-full={full}>
      <div className="spaces-free">
        <span>{t('side.free')}</span>
        <strong>{spaces.free}</strong>
      </div>
      <div className="spaces-rest">
        {full && (
          <span className="spaces-full">
            <Shape name="attention" size={20} /> {t('side.full')}
          </span>
        )}
        <span>{t('side.inside', { n: spaces.inside })}</span>
        <span>{t('side.open', { n: spaces.open })}</span>
        <span>{t('side.total', { n: spaces.total })}</span>
      </div>
      {areas.length > 1 && (
        <ul className="spaces-areas">
          {areas.map((area) => (
            <li key={area.areaId} data-full={area.free !== null && area.free <= 0}>
              <span>{area.name}</span>
              <strong>
                {area.free === null
                  ? t('side.inside', { n: area.inside })
                  : area.free > 0
                    ? t('boothMore.area.free', { n: area.free })
                    : t('side.full')}
              </strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
