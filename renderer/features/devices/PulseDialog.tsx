import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../shared/contract/devices.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';

/** Two things are asked before an arm moves for a test: why, and whether somebody looks at it. */
export function PulseDialog({ device, onClose }: { device: DeviceState; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const rules = useAsk((client, signal) => client.lanes.rules(undefined, { signal }), []);
  const [reason, setReason] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const written = reason.trim();
  const raise = async (): Promise<void> => {
    const done = await act.run((client) => client.devices.pulse({ id: device.id, reason: written, confirmed: true }), {
      done: t('devices.test.pulsed'),
    });
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={t('devices.test.pulseTitle', { lane: device.lanes[0]?.name ?? device.id })}
      okText={t('devices.test.pulse')}
      cancelText={t('kit.back')}
      okButtonProps={{ danger: true, disabled: written === '' || !confirmed }}
      confirmLoading={act.busy}
      onCancel={onClose}
      onOk={() => void raise()}
      destroyOnHidden
    >
      <div className="reason-dialog">
        <div>{t('devices.test.pulseText')}</div>
        <label htmlFor="pulse-reason">
          <span>{t('kit.reason')}</span>
          <Input
            id="pulse-reason"
            autoFocus
            list="pulse-reasons"
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
          />
          {/* Proposals that never lie over the question below. */}
          <datalist id="pulse-reasons">
            {(rules.data?.openReasons ?? []).map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </label>
        <Checkbox className="dev-confirm" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
          {t('devices.test.clear')}
        </Checkbox>
        <Problem text={act.problem} />
      </div>
    </Modal>
  );
}
