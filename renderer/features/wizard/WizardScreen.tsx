import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ConfigurationFault } from '../../../shared/contract/configuration.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { beginSession } from '../../lib/station/connection.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Answer, Empty, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { DevicesStep } from './DevicesStep.tsx';
import { FinishStep } from './FinishStep.tsx';
import { FirstCar } from './FirstCar.tsx';
import { LanesStep } from './LanesStep.tsx';
import { documentOf, faultsOf } from './model.ts';
import { PeopleStep } from './PeopleStep.tsx';
import { PriceStep } from './PriceStep.tsx';
import { SiteStep } from './SiteStep.tsx';
import { changeWizard, stepsOf, useWizard, type WizardStep } from './store.ts';
import './wizard.css';

/** 开场设置: takes a car park from nothing to its first car, one question at a time and without a manual. */
export function WizardScreen() {
  const { t } = useWords();
  const allowed = useSession(({ user }) => may(user, 'settings.change'));
  return (
    <App className="wizard-app">
      {allowed ? <Wizard /> : <Empty title={t('nav.forbidden')} text={t('nav.forbiddenText')} />}
    </App>
  );
}

function Wizard() {
  const { t } = useWords();
  const { state, step } = useWizard();
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<readonly ConfigurationFault[]>([]);
  const [applied, setApplied] = useState(false);
  const act = useAct();
  const present = useAsk((client, signal) => client.configuration.get(undefined, { signal }), []);
  const templates = useAsk((client, signal) => client.tariffs.templates(undefined, { signal }), []);
  const demo = present.data?.demo === true;
  const people = useAsk((client, signal) => (demo ? client.users.list(undefined, { signal }) : null), [demo]);
  // The demo's own account goes with the demo: somebody else must be able to look after the car park.
  const lonely =
    people.data !== null && people.data.filter((each) => each.role === 'admin' && !each.disabled).length < 2;
  useEffect(() => {
    if (lonely && useWizard.getState().state.admin === null)
      changeWizard({ admin: { key: 'admin', name: '', password: '' } });
  }, [lonely]);
  const steps = stepsOf(state.site.kind);
  const index = steps.indexOf(step);
  const faults = faultsOf(state);
  const here = shown.has(step) ? faults.filter((each) => each.step === step) : [];
  const leave = (to: WizardStep): void => {
    setShown(new Set([...shown, step]));
    useWizard.setState({ step: to });
  };
  const next = (): void => {
    const after = steps[index + 1];
    if (faults.some((each) => each.step === step)) setShown(new Set([...shown, step]));
    else if (after) leave(after);
  };
  const finish = async (): Promise<void> => {
    const { data } = present;
    if (!data || faults.length > 0) return;
    const tariffs = new Map((templates.data ?? []).map(({ id, tariff }) => [id, tariff]));
    const document = documentOf(state, data.document, tariffs);
    const done = await act.run(async (client) => {
      const { faults: found } = await client.configuration.check({ document });
      setRefused(found);
      if (found.length > 0) return false;
      const known = new Set((await client.users.list()).map(({ name }) => name));
      for (const { name, password } of state.people)
        if (!known.has(name.trim())) await client.users.create({ name: name.trim(), password, role: 'attendant' });
      if (state.admin !== null) {
        const admin = { name: state.admin.name.trim(), password: state.admin.password };
        if (!known.has(admin.name)) await client.users.create({ ...admin, role: 'admin' });
        // What is applied is applied by a person, who goes on working when the demo's account is gone.
        beginSession(await client.auth.signIn(admin));
      }
      await client.configuration.apply({ document, expectedRevision: data.revision, source: 'wizard' });
      return true;
    });
    if (done === true) setApplied(true);
  };
  if (applied)
    return (
      <div className="wizard">
        <FirstCar />
      </div>
    );
  return (
    <div className="wizard">
      <header>
        <h2>{t('wizard.title')}</h2>
        <p className="wizard-text">{t('wizard.text', { n: steps.length })}</p>
        <ol className="wizard-steps">
          {steps.map((each, place) => (
            <li key={each} data-state={each === step ? 'now' : place < index ? 'done' : 'open'}>
              <button type="button" aria-current={each === step ? 'step' : undefined} onClick={() => leave(each)}>
                <span>{place + 1}</span> {t(`wizard.step.${each}`)}
              </button>
            </li>
          ))}
        </ol>
      </header>
      <Answer of={present}>
        {(configuration) =>
          configuration.configured && !configuration.demo ? (
            <Empty title={t('wizard.already')} text={t('wizard.alreadyText')}>
              <Button onClick={() => go('settings')}>{t('wizard.done.settings')}</Button>
            </Empty>
          ) : (
            <form
              className="wizard-body"
              onSubmit={(event) => {
                event.preventDefault();
                if (step === 'finish') void finish();
                else next();
              }}
            >
              <div className="wizard-step">
                {step === 'site' && <SiteStep faults={here} />}
                {step === 'lanes' && <LanesStep faults={here} />}
                {step === 'devices' && <DevicesStep faults={here} />}
                {step === 'price' && <PriceStep faults={here} templates={templates} />}
                {step === 'people' && <PeopleStep faults={here} />}
                {step === 'finish' && <FinishStep faults={faults} refused={refused} templates={templates.data ?? []} />}
              </div>
              <Problem text={act.problem} />
              <footer className="wizard-foot">
                <Button onClick={() => go('booth')}>{t('wizard.later')}</Button>
                <span />
                {index > 0 && <Button onClick={() => leave(steps[index - 1] ?? 'site')}>{t('wizard.previous')}</Button>}
                <Button
                  type="primary"
                  htmlType="submit"
                  loading={act.busy}
                  disabled={step === 'finish' && faults.length > 0}
                >
                  {t(step === 'finish' ? 'wizard.apply' : 'wizard.next')}
                </Button>
              </footer>
            </form>
          )
        }
      </Answer>
    </div>
  );
}
