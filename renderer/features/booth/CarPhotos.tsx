import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { Photo } from '../../components/Photo.tsx';
import { formatMoment } from '../../lib/format.ts';
import { stationNow } from '../../lib/station/session.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { perform } from './keys.ts';
import { useBooth } from './store.ts';

/** Entry and exit side by side: one glance tells whether it is the same car. An entry lane has one picture only. */
export function CarPhotos({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const marked = useBooth((state) => (state.marked?.passageId === passage.id ? state.marked.uid : null));
  const pointed = passage.candidates.find(({ uid }) => uid === marked);
  const now = stationNow();
  const at = formatMoment(passage.startedAt, now);
  if (lane.direction === 'in')
    return (
      <div className="car-photos">
        <LanePhoto passage={passage} name={t('panel.lanePhoto')} at={at} />
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
        <LanePhoto passage={passage} name={t('panel.exitPhoto')} at={at} />
      </div>
    );
  const enteredAt = passage.stay ? formatMoment(passage.stay.enteredAt, now) : '';
  return (
    <div className="car-photos">
      <Photo id={passage.entryPhotoId} alt={t('panel.entryPhoto')} caption={t('panel.entryPhoto')} at={enteredAt} />
      <LanePhoto passage={passage} name={t('panel.exitPhoto')} at={at} />
    </div>
  );
}

/** The picture of the car that stands there, and the key for a new one. The old one stays until the new one is there. */
function LanePhoto({ passage, name, at }: { passage: PassageView; name: string; at: string }) {
  const { t, keys } = useBoothWords();
  const waiting = useBooth(
    ({ retaking }) => retaking?.passageId === passage.id && retaking.photoId === passage.photoId,
  );
  return (
    <div className="lane-picture" data-retaking={waiting}>
      <Photo id={passage.photoId} alt={name} caption={name} at={at} />
      <KeyButton keyHint={keyLabel(keys.snapshot)} busy={waiting} onPress={() => perform('snapshot')}>
        {t(waiting ? 'boothMore.photo.retaking' : 'boothMore.photo.retake')}
      </KeyButton>
    </div>
  );
}
