import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Photo } from '../../components/Photo.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { useBooth } from './store.ts';

/** Entry and exit side by side: one glance tells whether it is the same car. An entry lane has one picture only. */
export function CarPhotos({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  const marked = useBooth((state) => (state.marked?.passageId === passage.id ? state.marked.uid : null));
  const pointed = passage.candidates.find(({ uid }) => uid === marked);
  const now = stationNow();
  const at = formatMoment(passage.startedAt, now);
  if (lane.direction === 'in')
    return (
      <div className="car-photos">
        <Photo id={passage.photoId} alt={t('panel.lanePhoto')} caption={t('panel.lanePhoto')} at={at} />
      </div>
    );
  // Among near plates the entry photo is that of the one pointed at, or of the nearest: that is what tells them apart.
  const near = lane.phase === 'cleared' ? undefined : (pointed ?? passage.candidates[0]);
  if (near)
    return (
      <div className="car-photos">
        <Photo
          id={near.photoId}
          alt={t('panel.entryPhoto')}
          caption={t(pointed ? 'panel.picked' : 'panel.nearest')}
          at={formatMoment(near.enteredAt, now)}
        />
        <Photo id={passage.photoId} alt={t('panel.exitPhoto')} caption={t('panel.exitPhoto')} at={at} />
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
