import { Button, Input, InputNumber, Switch } from 'antd';
import { type BackupSettings, backupSettingsSchema } from '../../../shared/domain/backup.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

export function BackupSettingsForm({ settings, onSaved }: { settings: BackupSettings; onSaved: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const form = useForm<BackupSettings>(settings, {
    act,
    places: { 'directory-relative': 'directory' },
    check: (values) =>
      Object.fromEntries(
        backupSettingsSchema
          .safeParse(values)
          .error?.issues.map(({ path }) => [String(path[0]), t('settings.rule.invalid')]) ?? [],
      ),
  });
  const { values, set, fault } = form;
  const save = async (given: BackupSettings): Promise<void> => {
    if (await act.run((client) => client.backups.configure(given), { done: t('settings.backup.saved') })) onSaved();
  };
  const words = (name: keyof BackupSettings) => ({
    id: `backup-${name}`,
    label: t(`settings.backup.${name}`),
    hint: t(`settings.backup.${name}Help`),
    fault: fault(name),
  });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit((given) => void save(given));
      }}
    >
      <Field {...words('directory')} wide>
        <Input
          id="backup-directory"
          value={values.directory}
          onChange={(event) => set({ directory: event.target.value })}
        />
      </Field>
      <Field {...words('dailyAt')}>
        <Input
          {...{ id: 'backup-dailyAt', maxLength: 5, placeholder: 'HH:mm', style: { width: 120 } }}
          value={values.dailyAt}
          onChange={(event) => set({ dailyAt: event.target.value })}
        />
      </Field>
      <Field {...words('keepDays')}>
        <InputNumber
          controls={false}
          {...{ id: 'backup-keepDays', min: 1, max: 3650, precision: 0 }}
          value={values.keepDays}
          onChange={(n) => set({ keepDays: n ?? 1 })}
        />
      </Field>
      <Field {...words('photos')}>
        <span>
          <Switch id="backup-photos" checked={values.photos} onChange={(photos) => set({ photos })} />
        </span>
      </Field>
      <Field {...words('warnBelowMb')}>
        <InputNumber
          controls={false}
          {...{ id: 'backup-warnBelowMb', min: 0, precision: 0 }}
          value={values.warnBelowMb}
          onChange={(n) => set({ warnBelowMb: n ?? 0 })}
        />
      </Field>
      <Problem text={form.problem} />
      <div>
        <Button type="primary" htmlType="submit" loading={act.busy} disabled={!form.dirty}>
          {t('settings.backup.save')}
        </Button>
      </div>
    </form>
  );
}
