import { Button } from 'antd';
import { useState } from 'react';
import type { Evidence } from '../../../../shared/contract/evidence.ts';
import { Photo } from '../../../components/Photo.tsx';
import { formatDateTime } from '../../../lib/format.ts';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { PhotoViewer } from '../../../office/stay/PhotoViewer.tsx';
import { ChainBox } from './ChainBox.tsx';
import { Doubts } from './Doubts.tsx';
import { FactsBox } from './FactsBox.tsx';
import { AroundBox, CorrectionsBox, MovementsBox, ReadsBox, WaitingBox } from './HistoryBoxes.tsx';
import { MessagesBox } from './MessagesBox.tsx';
import { BillsBox, PaymentsBox } from './MoneyBoxes.tsx';
import { TriesBox } from './TriesBox.tsx';

/** The station itself is nobody to name. */
const STATION = 'station';

type TakenPhoto = Evidence['photos'][number];

function purposeName(purpose: string, t: Translate): string {
  const known = (['entry', 'exit', 'manual', 'stored'] as const).find((each) => each === purpose);
  return known ? t(`stays.purpose.${known}`) : purpose;
}

const placeOf = (photo: TakenPhoto): string =>
  [formatDateTime(photo.takenAt), photo.lane, photo.actor === STATION ? null : photo.actor]
    .filter((part) => part)
    .join(' · ');

/** One stay, from what a driver asks about first to what an auditor asks about last. */
export function EvidenceView({ evidence, onChanged }: { evidence: Evidence; onChanged: () => void }) {
  const { t } = useWords();
  const [wide, setWide] = useState(false);
  const entry = evidence.photos.find((photo) => photo.purpose === 'entry');
  // Of several looks at the exit the last one is that of the car that left.
  const exit = evidence.photos.findLast((photo) => photo.purpose === 'exit');
  const others = evidence.photos.filter((photo) => photo !== entry && photo !== exit);
  const shown = (photo: TakenPhoto | undefined, title: string) => ({
    id: photo?.id ?? null,
    title,
    at: photo ? placeOf(photo) : '',
  });
  return (
    <div className="evidence">
      <Doubts stay={evidence.stay} onChanged={onChanged} />
      <div className="evidence-top" data-wide={wide}>
        <Box
          title={t('stays.evidence.photos')}
          extra={
            <Button size="small" aria-pressed={wide} onClick={() => setWide(!wide)}>
              {t(wide ? 'stays.evidence.narrow' : 'stays.evidence.wide')}
            </Button>
          }
        >
          <PhotoViewer photos={[shown(entry, t('stays.purpose.entry')), shown(exit, t('stays.purpose.exit'))]} />
        </Box>
        <FactsBox evidence={evidence} />
      </div>
      {others.length > 0 && (
        <Box title={t('stays.evidence.otherPhotos')}>
          <div className="evidence-others">
            {others.map((photo) => (
              <Photo
                key={photo.id}
                id={photo.id}
                alt={purposeName(photo.purpose, t)}
                caption={purposeName(photo.purpose, t)}
                at={placeOf(photo)}
              />
            ))}
          </div>
        </Box>
      )}
      <div className="evidence-pair">
        <BillsBox evidence={evidence} />
        <PaymentsBox evidence={evidence} onChanged={onChanged} />
      </div>
      <TriesBox evidence={evidence} />
      <CorrectionsBox evidence={evidence} />
      <MessagesBox evidence={evidence} />
      <div className="evidence-pair">
        <ReadsBox evidence={evidence} />
        <WaitingBox evidence={evidence} />
      </div>
      <div className="evidence-pair">
        <MovementsBox evidence={evidence} />
        <AroundBox evidence={evidence} />
      </div>
      <ChainBox evidence={evidence} />
    </div>
  );
}
