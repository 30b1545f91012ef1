import { Button } from 'antd';
import type { DeviceState } from '../../../shared/contract/devices.ts';
import { Plate } from '../../components/Plate.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Empty, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { When } from '../../office/Values.tsx';

/** What the camera saw last, and a new picture on demand. */
export function PictureTab(props: { device: DeviceState; mayTake: boolean; onTaken: () => void }) {
  const { t } = useWords();
  const { id, lastPicture } = props.device;
  const act = useAct();
  const takenAt = lastPicture?.takenAt ?? null;
  const picture = useAsk(
    (client, signal) => (takenAt === null ? null : client.devices.picture({ id }, { signal })),
    [id, takenAt],
  );
  const take = async (): Promise<void> => {
    await act.run((client) => client.devices.snapshot({ id }), { done: t('devices.taken') });
    props.onTaken();
  };
  return (
    <div className="dev-tab">
      <div className="dev-acts">
        {props.mayTake && (
          <Button type="primary" loading={act.busy} onClick={() => void take()}>
            {t('devices.take')}
          </Button>
        )}
        {takenAt !== null && <When at={takenAt} />}
        {lastPicture?.plate && lastPicture.plate.text !== '' && <Plate plate={lastPicture.plate} size={22} />}
      </div>
      <Problem text={act.problem} />
      {picture.data ? (
        <figure className="dev-picture photo-frame">
          <img
            src={`data:${picture.data.contentType};base64,${picture.data.base64}`}
            alt={t('devices.pictureOf', { id })}
          />
        </figure>
      ) : (
        takenAt === null && <Empty title={t('devices.noPicture')} text={t('devices.noPictureText')} />
      )}
      {picture.failed && <Problem text={null} error={picture.failed.error} onAgain={picture.again} />}
    </div>
  );
}
