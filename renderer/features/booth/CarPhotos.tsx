import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Photo } from '../../components/Photo.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';

/** Entry and exit side by side: one glance tells whether it is the same car. An entry lane has one picture only. */
export function CarPhotos({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  const now = stationNow();
  const at = formatMoment(passage.startedAt, now);
  if (lane.direction === 'in')
    return (
      <div className="car-photos">
        <Photo id={passage.photoId} alt={t('panel.lanePhoto')} caption={t('panel.lanePhoto')} at={at} />
      </div>
    );
  const enteredAt = passage.stay ? formatMoment(passage.stay.enteredAt, now) : '';
  return (
    <div className="car-photos">
      <Photo id={passage.entryPhotoId} alt={t('panel.entryPhoto')} caption={t('panel.entryPhoto')} at={enteredAt} />
      <Photo id={passage.photoId} alt={t('panel.exitPhoto')} caption={t('panel.exitPhoto')} at={at} />
    </div>
  );
}
