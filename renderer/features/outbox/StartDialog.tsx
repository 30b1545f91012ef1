import { Modal, Select } from 'antd';
import { useState } from 'react';
import type { PlatformLink } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { DateRange } from '../../office/DateRange.tsx';
import { addDays, businessDay, type DateSpan, spanMoments } from '../../office/dates.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';

/** A platform's figures are of calendar days, and so are the days here. */
const MIDNIGHT = '00:00';

/** Asks which platform and which days, and begins. Nothing is sent yet, also for a back-fill: the result is shown first. */
export function StartDialog(props: {
  purpose: 'check' | 'backfill';
  links: readonly Pick<PlatformLink, 'platform' | 'title'>[];
  onClose: () => void;
}) {
  const { t } = useWords();
  const { purpose, links } = props;
  const today = businessDay(stationNow(), MIDNIGHT);
  const [platform, setPlatform] = useState(links[0]?.platform);
  // A platform's books are worth comparing once the day is over.
  const first = purpose === 'check' ? addDays(today, -1) : today;
  const [span, setSpan] = useState<DateSpan | null>({ from: first, to: first });
  const act = useAct();
  const start = async (): Promise<void> => {
    const period = span && spanMoments(span, MIDNIGHT);
    if (!platform || !period) return;
    const run = await act.run(({ reconciliations }) => reconciliations.start({ platform, purpose, ...period }));
    if (!run) return;
    props.onClose();
    go('outbox', { id: `runs/${run.id}` });
  };
  return (
    <Modal
      open
      width={860}
      title={t(purpose === 'check' ? 'outbox.run.checkTitle' : 'outbox.run.backfillTitle')}
      okText={t(purpose === 'check' ? 'outbox.run.startCheck' : 'outbox.run.startBackfill')}
      cancelText={t('kit.back')}
      okButtonProps={{ disabled: !platform || !span }}
      confirmLoading={act.busy}
      onCancel={props.onClose}
      onOk={() => void start()}
      destroyOnHidden
    >
      <div className="start-dialog">
        <p>{t(purpose === 'check' ? 'outbox.run.checkText' : 'outbox.run.backfillText')}</p>
        <label htmlFor="run-platform">
          <span>{t('outbox.filterPlatform')}</span>
          <Select
            id="run-platform"
            {...(platform ? { value: platform } : {})}
            style={{ width: 260 }}
            onChange={setPlatform}
            options={links.map((link) => ({ value: link.platform, label: link.title }))}
          />
        </label>
        <label htmlFor="run-days">
          <span>{t('outbox.run.period')}</span>
          <DateRange id="run-days" dayStart={MIDNIGHT} value={span} onChange={setSpan} />
        </label>
        <Problem text={act.problem} />
      </div>
    </Modal>
  );
}
