import { Input, InputNumber, Segmented } from 'antd';
import { type SiteKind, siteKindSchema } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import type { WizardFault } from './model.ts';
import { changeWizard, useWizard } from './store.ts';

/** 车场: what it is called and how many cars it holds. */
export function SiteStep({ faults }: { faults: readonly WizardFault[] }) {
  const { t } = useWords();
  const { site } = useWizard((wizard) => wizard.state);
  const change = (next: Partial<typeof site>): void => changeWizard({ site: { ...site, ...next } });
  const fault = (field: string): string | undefined =>
    faults.some((each) => each.step === 'site' && each.field === field)
      ? t(`wizard.fault.site.${field === 'code' ? 'code' : field === 'openSpaces' ? 'openSpaces' : 'empty'}`)
      : undefined;
  return (
    <div className="wizard-fields">
      <Field id="site-kind" label={t('wizard.site.kind')} hint={t(`wizard.site.kindHint.${site.kind}`)}>
        <Segmented<SiteKind>
          id="site-kind"
          aria-label={t('wizard.site.kind')}
          value={site.kind}
          options={siteKindSchema.options.map((value) => ({ value, label: t(`wizard.site.kinds.${value}`) }))}
          onChange={(kind) => change({ kind })}
        />
      </Field>
      <Field id="site-name" label={t('wizard.site.name')} needed fault={fault('name')} hint={t('wizard.site.nameHint')}>
        <Input
          id="site-name"
          autoFocus
          maxLength={60}
          value={site.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field id="site-code" label={t('wizard.site.code')} needed fault={fault('code')} hint={t('wizard.site.codeHint')}>
        <Input
          id="site-code"
          maxLength={39}
          value={site.code}
          onChange={(event) => change({ code: event.target.value.replace(/[^A-Za-z0-9]/g, '') })}
        />
      </Field>
      <Field id="site-total" label={t('wizard.site.total')} needed fault={fault('totalSpaces')}>
        <InputNumber
          controls={false}
          id="site-total"
          min={0}
          max={999_999}
          precision={0}
          value={site.totalSpaces}
          onChange={(totalSpaces) => change({ totalSpaces })}
        />
      </Field>
      <Field id="site-open" label={t('wizard.site.open')} fault={fault('openSpaces')} hint={t('wizard.site.openHint')}>
        <InputNumber
          controls={false}
          id="site-open"
          min={0}
          max={999_999}
          precision={0}
          placeholder={site.totalSpaces === null ? '' : String(site.totalSpaces)}
          value={site.openSpaces}
          onChange={(openSpaces) => change({ openSpaces })}
        />
      </Field>
    </div>
  );
}
