import { Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../shared/contract/payments.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useSession } from '../../lib/station/session.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { useAct } from '../../office/use-act.ts';
import type { CaseSummary } from './case-summary.ts';

interface Asked {
  readonly of: CaseView;
  readonly people: CaseSummary['people'];
  readonly onClose: () => void;
  readonly onDone: (next: CaseView) => void;
}

export function CaseDialogs({ asking, ...asked }: Asked & { asking: 'close' | 'hand-over' | null }) {
  if (asking === 'close') return <CloseDialog {...asked} />;
  return asking === 'hand-over' ? <HandOverDialog {...asked} /> : null;
}

function CloseDialog({ of, onClose, onDone }: Asked) {
  const { t } = useWords();
  const act = useAct();
  const [resolution, setResolution] = useState('');
  const [tried, setTried] = useState(false);
  const written = resolution.trim();
  const send = async (): Promise<void> => {
    setTried(true);
    if (written === '') return;
    const next = await act.run((client) => client.cases.close({ id: of.id, resolution: written }), {
      done: t('exceptions.closed'),
    });
    if (next) onDone(next);
  };
  return (
    <FormDialog
      title={t('exceptions.closeTitle')}
      verb={t('exceptions.close')}
      busy={act.busy}
      dirty={written !== ''}
      problem={act.problem}
      width={520}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p className="form-told">{t('exceptions.closeText')}</p>
      <Field
        id="case-resolution"
        label={t('exceptions.resolution')}
        fault={tried && written === '' ? t('exceptions.needResolution') : undefined}
        needed
        wide
      >
        <Input.TextArea
          id="case-resolution"
          rows={3}
          maxLength={400}
          value={resolution}
          onChange={(event) => setResolution(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

function HandOverDialog({ of, people, onClose, onDone }: Asked) {
  const { t } = useWords();
  const me = useSession((state) => state.user?.name);
  const act = useAct();
  const [to, setTo] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const send = async (): Promise<void> => {
    setTried(true);
    if (to === null) return;
    const next = await act.run((client) => client.cases.handOver({ id: of.id, to }), {
      done: t('exceptions.handedOver'),
    });
    if (next) onDone(next);
  };
  return (
    <FormDialog
      title={t('exceptions.handOverTitle')}
      verb={t('exceptions.handOver')}
      busy={act.busy}
      dirty={to !== null}
      problem={act.problem}
      width={480}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p className="form-told">{t('exceptions.handOverText')}</p>
      <Field
        id="case-to"
        label={t('exceptions.to')}
        fault={tried && to === null ? t('exceptions.needTo') : undefined}
        needed
        wide
      >
        <Select
          id="case-to"
          showSearch
          value={to}
          onChange={setTo}
          options={people
            .filter(({ name }) => name !== of.owner && name !== me)
            .map(({ name, displayName, role }) => ({
              value: name,
              label: `${displayName === '' ? name : `${displayName}（${name}）`} · ${t(`app.role.${role}`)}`,
            }))}
        />
      </Field>
    </FormDialog>
  );
}
