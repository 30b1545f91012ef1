import { Button, Input } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import type { WizardFault } from './model.ts';
import { changeWizard, useWizard } from './store.ts';

let made = 0;

/** 收费员: who will sit in the booth. May be left for later. */
export function PeopleStep({ faults }: { faults: readonly WizardFault[] }) {
  const { t } = useWords();
  const { people } = useWizard((wizard) => wizard.state);
  return (
    <>
      <p className="wizard-text">{t('wizard.people.text')}</p>
      <ul className="wizard-list">
        {people.map((person, index) => {
          const fault = faults.find((each) => each.step === 'people' && each.key === person.key);
          const put = (next: Partial<typeof person>): void =>
            changeWizard({ people: people.map((each) => (each === person ? { ...each, ...next } : each)) });
          return (
            <li key={person.key}>
              <span className="wizard-number">{index + 1}</span>
              <Input
                aria-label={t('wizard.people.name', { n: index + 1 })}
                placeholder={t('signIn.name')}
                value={person.name}
                maxLength={40}
                autoFocus
                status={fault?.step === 'people' && fault.field !== 'password' ? 'error' : ''}
                onChange={(event) => put({ name: event.target.value })}
              />
              <Input.Password
                aria-label={t('wizard.people.password', { n: index + 1 })}
                placeholder={t('wizard.people.passwordHint')}
                value={person.password}
                maxLength={200}
                autoComplete="new-password"
                status={fault?.step === 'people' && fault.field === 'password' ? 'error' : ''}
                onChange={(event) => put({ password: event.target.value })}
              />
              <Button onClick={() => changeWizard({ people: people.filter((each) => each !== person) })}>
                {t('kit.remove')}
              </Button>
              {fault?.step === 'people' && (
                <span className="field-fault">{t(`wizard.fault.people.${fault.field}`)}</span>
              )}
            </li>
          );
        })}
      </ul>
      <div className="wizard-row">
        <Button
          onClick={() => {
            made += 1;
            changeWizard({ people: [...people, { key: `person-${made}`, name: '', password: '' }] });
          }}
        >
          {t('wizard.people.add')}
        </Button>
      </div>
    </>
  );
}
