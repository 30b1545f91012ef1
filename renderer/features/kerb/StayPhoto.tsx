import { Photo } from '../../components/Photo.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { useAsk } from '../../office/use-ask.ts';

/** The picture from when the car came, or the first there is of the stay. */
export function StayPhoto({ uid }: { uid: string }) {
  const { t } = useWords();
  const stay = useAsk((client, signal) => client.sessions.get({ uid }, { signal }), [uid]);
  const photos = stay.data?.photos ?? [];
  const photo = photos.find(({ purpose }) => purpose === 'entry') ?? photos[0];
  return (
    <Photo
      id={photo?.id ?? null}
      alt={t('kerb.photo')}
      caption={t('kerb.photo')}
      at={photo ? formatMoment(photo.takenAt, stationNow()) : ''}
    />
  );
}
