import { Checkbox, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { TariffVersionView } from '../../../shared/contract/tariff-views.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { MoneyInput } from '../../office/inputs.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import type { Beginning, Template } from './beginning.ts';
import { readForm } from './form.ts';
import { newTariff } from './new-parts.ts';

/** Begins a draft: under which id, and with what of a template besides its prices. */
export function BeginDialog(props: { start: Beginning; versions: readonly TariffVersionView[]; onClose: () => void }) {
  const { t } = useWords();
  const { start } = props;
  const act = useAct();
  const inForce = props.versions.find(({ state }) => state === 'in-force')?.tariff.id;
  const [id, setId] = useState(
    start.kind === 'published'
      ? start.tariffId
      : start.kind === 'template'
        ? (inForce ?? start.template.id)
        : (inForce ?? 'standard'),
  );
  const [name, setName] = useState('');
  const [free, setFree] = useState<number | null>(null);
  const [fee, setFee] = useState<number | null>(null);
  const [withCases, setWithCases] = useState(true);
  const [withSeasons, setWithSeasons] = useState(true);
  const template = start.kind === 'template' ? start.template : null;
  const ready = id.trim() !== '' && (start.kind !== 'nothing' || (name.trim() !== '' && free !== null && fee !== null));
  const begin = async (): Promise<void> => {
    const draft = await act.run(async (client) => {
      if (template && withSeasons) await bringSeasons(client, template);
      const tariffId = id.trim();
      if (start.kind === 'published')
        return client.tariffs.drafts.create({ start: { ...start, kind: 'published' }, tariffId });
      if (template) {
        const made = await client.tariffs.drafts.create({
          start: { kind: 'template', templateId: template.id },
          tariffId,
        });
        if (withCases) await bringCases(client, tariffId, template);
        return made;
      }
      const reading = readForm(newTariff(tariffId, name.trim(), free ?? 0, fee ?? 0));
      return client.tariffs.drafts.create({
        start: { kind: 'nothing', tariff: reading.document },
        open: [...reading.open],
      });
    });
    if (draft) go('tariffs', { id: draft.id });
  };
  return (
    <Modal
      open
      title={t(`tariffs.begin.title.${start.kind}`)}
      okText={t('tariffs.begin.verb')}
      cancelText={t('kit.back')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={act.busy}
      onCancel={props.onClose}
      onOk={() => void begin()}
    >
      <div className="reason-dialog">
        {template && (
          <>
            <p>
              <b>
                {template.city} · {template.title}
              </b>
            </p>
            <p className="tf-aside">{template.source}</p>
            <p className="tf-aside">{template.note}</p>
          </>
        )}
        {start.kind === 'nothing' && (
          <>
            <label htmlFor="begin-name">
              <span>{t('tariffs.field.name')}</span>
              <Input
                id="begin-name"
                autoFocus
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <label htmlFor="begin-free">
              <span>{t('tariffs.field.freeMinutes')}</span>
              <InputNumber<number>
                controls={false}
                id="begin-free"
                min={0}
                max={10_000}
                precision={0}
                suffix={t('tariffs.minutes')}
                style={{ width: 130 }}
                value={free}
                onChange={setFree}
              />
            </label>
            <label htmlFor="begin-fee">
              <span>{t('tariffs.begin.hourFee')}</span>
              <MoneyInput id="begin-fee" value={fee} onChange={setFee} />
            </label>
          </>
        )}
        <label htmlFor="begin-id">
          <span>{t('tariffs.field.id')}</span>
          <Input id="begin-id" maxLength={40} value={id} onChange={(event) => setId(event.target.value)} />
          <small>
            {props.versions.some(({ tariff }) => tariff.id === id.trim())
              ? t('tariffs.begin.nextVersion')
              : t('tariffs.begin.newId')}
          </small>
        </label>
        {template && (
          <Checkbox checked={withCases} onChange={(event) => setWithCases(event.target.checked)}>
            {t('tariffs.begin.withCases', { n: template.cases.length })}
          </Checkbox>
        )}
        {template?.calendar && template.calendar.seasons.length > 0 && (
          <Checkbox checked={withSeasons} onChange={(event) => setWithSeasons(event.target.checked)}>
            {t('tariffs.begin.withSeasons', {
              list: template.calendar.seasons.map((season) => season.name).join('、'),
            })}
          </Checkbox>
        )}
        <Problem text={act.problem} />
      </div>
    </Modal>
  );
}

/** The seasons that a template names and the calendar does not have yet. */
async function bringSeasons(client: StationClient, template: Template): Promise<void> {
  const wanted = template.calendar?.seasons ?? [];
  if (wanted.length === 0) return;
  const { seasons } = await client.calendar.get();
  const missing = wanted.filter(({ id }) => !seasons.some((season) => season.id === id));
  if (missing.length > 0) await client.calendar.change({ seasons: [...seasons, ...missing] });
}

/** The worked cases of a template, besides those that the tariff has. */
async function bringCases(client: StationClient, tariffId: string, template: Template): Promise<void> {
  const present = await client.tariffs.cases.get({ id: tariffId });
  const more = template.cases.filter(({ name }) => !present.some((one) => one.name === name));
  if (more.length > 0) await client.tariffs.cases.put({ id: tariffId, cases: [...present, ...more] });
}
