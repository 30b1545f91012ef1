import { Photo } from '../../components/Photo.tsx';
import { Plate } from '../../components/Plate.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';

/** The car that a dialog is about: what the camera saw, and what it read. */
export function DialogCar({ dialog }: { dialog: { readonly laneId: string } }) {
  const { t } = useWords();
  const lane = useLive((state) => state.frame?.lanes.find((each) => each.id === dialog.laneId));
  if (!lane?.passage) return null;
  return (
    <div className="dialog-car">
      <Photo id={lane.passage.photoId} alt={t('panel.lanePhoto')} />
      <div>
        <Plate plate={lane.passage.plate} size={36} />
        <span>{lane.name}</span>
      </div>
    </div>
  );
}
