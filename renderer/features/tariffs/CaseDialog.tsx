import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { AcceptanceCase } from '../../../shared/domain/tariff.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { MomentInput, MoneyInput } from '../../office/inputs.tsx';
import { Problem } from '../../office/States.tsx';
import type { Act } from '../../office/use-act.ts';

/** One acceptance case by hand. */
export function CaseDialog(props: {
  value: AcceptanceCase;
  /** Names of the others. */
  taken: readonly string[];
  act: Act;
  onClose: () => void;
  onSave: (value: AcceptanceCase) => Promise<void>;
  onRemove?: () => Promise<void>;
}) {
  const { t } = useWords();
  const [value, setValue] = useState(props.value);
  const [fee, setFee] = useState<number | null>(props.value.feeFen);
  const twice = props.taken.includes(value.name.trim());
  const ready = value.name.trim() !== '' && !twice && fee !== null;
  const save = async (): Promise<void> => {
    if (ready) await props.onSave({ ...value, name: value.name.trim(), feeFen: fee });
  };
  return (
    <Modal
      open
      title={t('tariffs.cases.dialog')}
      okText={t('tariffs.cases.save')}
      cancelText={t('kit.back')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={props.act.busy}
      onCancel={props.onClose}
      onOk={() => void save()}
    >
      <div className="reason-dialog">
        <label htmlFor="case-name">
          <span>{t('tariffs.cases.name')}</span>
          <Input
            id="case-name"
            autoFocus
            maxLength={100}
            status={twice ? 'error' : ''}
            value={value.name}
            onChange={(event) => setValue({ ...value, name: event.target.value })}
          />
          {twice && <small className="tf-note">{t('tariffs.cases.twice')}</small>}
        </label>
        <label htmlFor="case-in">
          <span>{t('tariffs.trial.in')}</span>
          <MomentInput
            id="case-in"
            value={value.enteredAt}
            onChange={(at) => at !== null && setValue({ ...value, enteredAt: at })}
          />
        </label>
        <label htmlFor="case-out">
          <span>{t('tariffs.trial.out')}</span>
          <MomentInput
            id="case-out"
            value={value.exitedAt}
            onChange={(at) => at !== null && setValue({ ...value, exitedAt: at })}
          />
        </label>
        <label htmlFor="case-class">
          <span>{t('tariffs.field.vehicleClasses')}</span>
          <Select
            id="case-class"
            value={value.vehicleClass}
            options={vehicleClassSchema.options.map((each) => ({ value: each, label: t(`vehicle.${each}`) }))}
            onChange={(vehicleClass) => setValue({ ...value, vehicleClass })}
          />
        </label>
        <label htmlFor="case-fee">
          <span>{t('tariffs.cases.expected')}</span>
          <MoneyInput id="case-fee" value={fee} onChange={setFee} />
        </label>
        <label htmlFor="case-working">
          <span>{t('tariffs.cases.working')}</span>
          <Input.TextArea
            id="case-working"
            rows={2}
            maxLength={500}
            value={value.working ?? ''}
            onChange={(event) => setValue({ ...value, working: event.target.value || undefined })}
          />
        </label>
        {props.onRemove && (
          <div>
            <Button danger onClick={() => void props.onRemove?.()}>
              {t('tariffs.cases.remove')}
            </Button>
          </div>
        )}
        <Problem text={props.act.problem} />
      </div>
    </Modal>
  );
}
