import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { MomentInput } from '../../office/inputs.tsx';
import { Fetching, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { mostlyOther } from './differences.ts';
import type { Note } from './editor-context.ts';
import { FindingsPane } from './FindingsPane.tsx';
import type { Path, Reading } from './form.ts';
import { PriceTablePane } from './PriceTablePane.tsx';

/** 发布: when, what it replaces, what differs from what is in force; and a second look before it counts. */
export function PublishDialog(props: {
  draft: TariffDraftView;
  reading: Reading;
  notes: readonly Note[];
  dirty: boolean;
  onSave: () => Promise<TariffDraftView | undefined>;
  onJump: (path: Path) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { draft, dirty, reading } = props;
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [from, setFrom] = useState<string | null>(null);
  const [looked, setLooked] = useState(false);
  const act = useAct();
  const versions = useAsk((client) => client.tariffs.versions(), []);
  const check = useAsk(
    (client) =>
      reading.tariff === null
        ? null
        : client.tariffs.preview.check({ tariff: reading.document, open: [...reading.open] }),
    [reading],
  );
  const id = reading.tariff?.id ?? draft.tariff.id;
  const newest = (all: typeof versions.data, state: string) =>
    all?.filter((one) => one.tariff.id === id && one.state === state).at(-1);
  const replaced = check.data?.replaces ?? [];
  const present =
    newest(versions.data, 'in-force') ??
    versions.data?.find(({ tariff }) => replaced.includes(`${tariff.id}@${tariff.version ?? 0}`));
  const blocked = reading.tariff === null || reading.open.length > 0 || check.data?.publishable !== true;
  const other = present === undefined || mostlyOther(present.tariff, reading.document);
  const moment = when === 'later' ? from : null;
  const publish = async (): Promise<void> => {
    const saved = dirty ? await props.onSave() : draft;
    if (!saved) return props.onClose();
    const version = await act.run(
      (client) =>
        client.tariffs.drafts.publish({
          draftId: draft.id,
          revision: saved.revision,
          ...(moment === null ? {} : { effectiveFrom: moment }),
        }),
      { done: t('tariffs.publishing.done') },
    );
    if (version) go('tariffs', { query: { version: `${version.tariff.id}@${version.tariff.version ?? 1}` } });
  };
  return (
    <Modal
      open
      width={720}
      title={t(looked ? 'tariffs.publishing.sure' : 'tariffs.publishing.title', { name: draft.tariff.name })}
      onCancel={props.onClose}
      footer={
        looked ? (
          <>
            <Button onClick={() => setLooked(false)}>{t('kit.back')}</Button>
            <Button type="primary" danger loading={act.busy} onClick={() => void publish()}>
              {t('tariffs.publishing.confirm')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={props.onClose}>{t('kit.back')}</Button>
            <Button
              type="primary"
              disabled={blocked || (when === 'later' && from === null)}
              onClick={() => setLooked(true)}
            >
              {t('tariffs.publishing.look')}
            </Button>
          </>
        )
      }
    >
      <div className="tf-stack">
        <Problem text={act.problem} />
        {!looked && (
          <>
            {check.data === null && reading.tariff !== null ? (
              <Fetching rows={2} />
            ) : (
              <FindingsPane notes={props.notes} check={check.data} onJump={props.onJump} />
            )}
            <fieldset className="tf-when">
              <legend>{t('tariffs.publishing.when')}</legend>
              <Radio.Group
                value={when}
                onChange={() => setWhen(when === 'now' ? 'later' : 'now')}
                options={[
                  { value: 'now', label: t('tariffs.publishing.now') },
                  { value: 'later', label: t('tariffs.publishing.later') },
                ]}
              />
              {when === 'later' && (
                <MomentInput label={t('tariffs.publishing.later')} value={from} onChange={setFrom} />
              )}
            </fieldset>
            <p>
              {t(
                reading.tariff?.onChange === 'split'
                  ? 'tariffs.publishing.insideSplit'
                  : 'tariffs.publishing.insideKeep',
              )}
            </p>
          </>
        )}
        {looked && (
          <p>
            {t('tariffs.publishing.consequence', {
              at: moment === null ? t('tariffs.publishing.now') : formatDateTime(moment ?? toRfc3339(stationNow())),
            })}
          </p>
        )}
        <h4>
          {present
            ? t('tariffs.publishing.against', {
                name: present.tariff.name,
                version: t('tariffs.list.versionNth', { n: present.tariff.version ?? 1 }),
              })
            : t('tariffs.publishing.first')}
        </h4>
        {other && reading.tariff !== null && (
          <>
            <p className="tf-aside">{t('tariffs.diff.mostlyOther')}</p>
            <PriceTablePane
              narrow
              tariff={reading.tariff}
              ask={(client, signal) => client.tariffs.preview.priceTable({ tariff: reading.document }, { signal })}
              on={[reading]}
              file={(client) => client.tariffs.preview.priceTableFile({ tariff: reading.document, format: 'xlsx' })}
            />
          </>
        )}
        {present && !other && <DifferenceList before={present.tariff} after={reading.document} />}
      </div>
    </Modal>
  );
}
