import { Checkbox, Input, Select } from 'antd';
import type { PrintingRules } from '../../../shared/domain/printing-rules.ts';
import { useWords } from '../../lib/i18n/index.ts';

const RECEIPTS = ['off', 'cash', 'all'] as const;

/** 小票: what is printed by itself, and what stands at its foot. */
export function PrintingField(props: {
  id: string;
  printing: PrintingRules;
  onChange: (printing: PrintingRules) => void;
}) {
  const { t } = useWords();
  const { id, printing, onChange } = props;
  return (
    <div className="set-printing">
      <label htmlFor={`${id}-receipt`}>
        <span>{t('settings.rule.printing.receipt')}</span>
        <Select
          id={`${id}-receipt`}
          value={printing.receipt}
          options={RECEIPTS.map((value) => ({ value, label: t(`settings.rule.printing.print.${value}`) }))}
          onChange={(receipt) => onChange({ ...printing, receipt })}
        />
      </label>
      <Checkbox
        checked={printing.drawer === 'cash'}
        onChange={(event) => onChange({ ...printing, drawer: event.target.checked ? 'cash' : 'off' })}
      >
        {t('settings.rule.printing.drawer')}
      </Checkbox>
      <label htmlFor={`${id}-footer`}>
        <span>{t('settings.rule.printing.footer')}</span>
        <Input
          id={`${id}-footer`}
          maxLength={200}
          value={printing.footer}
          onChange={(event) => onChange({ ...printing, footer: event.target.value })}
        />
      </label>
      <label htmlFor={`${id}-code`}>
        <span>{t('settings.rule.printing.code')}</span>
        <Input
          id={`${id}-code`}
          maxLength={300}
          value={printing.code}
          onChange={(event) => onChange({ ...printing, code: event.target.value })}
        />
      </label>
    </div>
  );
}
