import type { ConfigurationFault } from '../../../shared/contract/configuration.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { Facts } from '../../office/Values.tsx';
import { hasRelays, serialOf, type WizardFault } from './model.ts';
import { useWizard } from './store.ts';
import type { Template } from './templates.ts';

/** A last look at everything, and what still stands in the way. */
export function FinishStep(props: {
  faults: readonly WizardFault[];
  refused: readonly ConfigurationFault[];
  templates: readonly Template[];
}) {
  const { t, language } = useWords();
  const { site, lanes, price, people } = useWizard((wizard) => wizard.state);
  const template = props.templates.find((each) => price.kind === 'template' && each.id === price.id);
  return (
    <>
      {(props.faults.length > 0 || props.refused.length > 0) && (
        <div className="wizard-open" role="alert">
          <strong>{t('wizard.finish.open')}</strong>
          <ul>
            {[...new Set(props.faults.map(({ step }) => step))].map((step) => (
              <li key={step}>
                <button type="button" onClick={() => useWizard.setState({ step })}>
                  {t('wizard.finish.goTo', { step: t(`wizard.step.${step}`) })}
                </button>
              </li>
            ))}
            {props.refused.map((fault) => (
              <li key={fault.path.join('.')}>
                {language === 'en' ? fault.message : fault.messageZh} <small>{fault.path.join('.')}</small>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Box title={t('wizard.step.site')}>
        <Facts
          of={[
            [t('wizard.site.kind'), t(`wizard.site.kinds.${site.kind}`)],
            [t('wizard.site.name'), site.name || '—'],
            [t('wizard.site.code'), site.code || '—'],
            [t('wizard.site.total'), site.totalSpaces ?? '—'],
            [t('wizard.site.open'), site.openSpaces ?? site.totalSpaces ?? '—'],
          ]}
        />
      </Box>
      {site.kind === 'gated' && (
        <Box title={t('wizard.step.lanes')}>
          <Facts
            columns={1}
            of={lanes.map((lane) => [
              lane.name,
              [
                t(`wizard.lanes.direction.${lane.direction}`),
                lane.camera.kind === 'none' ? t('wizard.devices.kind.none') : serialOf(lane),
                ...(hasRelays(lane.camera) && lane.arm ? [t('wizard.devices.arm')] : []),
              ].join(' · '),
            ])}
          />
        </Box>
      )}
      <Box title={t('wizard.step.price')}>
        {price.kind === 'undecided'
          ? '—'
          : price.kind === 'template'
            ? `${template?.city ?? ''} · ${template?.title ?? price.id}`
            : t('wizard.price.sentence', {
                free: price.price.freeMinutes ?? 0,
                first: price.price.firstMinutes ?? 0,
                firstFee: formatMoney(price.price.firstFen ?? 0),
                next: price.price.nextMinutes ?? 0,
                nextFee: formatMoney(price.price.nextFen ?? 0),
                cap: price.price.capFen === null ? t('wizard.price.noCap') : formatMoney(price.price.capFen),
              })}
      </Box>
      <Box title={t('wizard.step.people')}>{people.map(({ name }) => name).join('、') || t('wizard.people.none')}</Box>
    </>
  );
}
