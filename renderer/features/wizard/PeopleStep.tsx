import { Button, Input } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import type { WizardFault, WizardPerson } from './model.ts';
import { changeWizard, useWizard } from './store.ts';

let made = 0;

/** 收费员: who will sit in the booth. May be left for later. Out of the demo the administrator comes first, and is needed. */
export function PeopleStep({ faults }: { faults: readonly WizardFault[] }) {
  const { t } = useWords();
  const { admin, people } = useWizard((wizard) => wizard.state);
  return (
    <>
      {admin && (
        <>
          <p className="wizard-text">{t('wizard.people.adminText')}</p>
          <ul className="wizard-list">
            <Person
              person={admin}
              sign="★"
              name={t('wizard.people.admin')}
              password={t('wizard.people.adminPassword')}
              faults={faults}
              onChange={(next) => changeWizard({ admin: { ...admin, ...next } })}
            />
          </ul>
        </>
      )}
      <p className="wizard-text">{t('wizard.people.text')}</p>
      <ul className="wizard-list">
        {people.map((person, index) => (
          <Person
            key={person.key}
            person={person}
            sign={String(index + 1)}
            name={t('wizard.people.name', { n: index + 1 })}
            password={t('wizard.people.password', { n: index + 1 })}
            faults={faults}
            onChange={(next) =>
              changeWizard({ people: people.map((each) => (each === person ? { ...each, ...next } : each)) })
            }
            onRemove={() => changeWizard({ people: people.filter((each) => each !== person) })}
          />
        ))}
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

function Person(props: {
  person: WizardPerson;
  sign: string;
  name: string;
  password: string;
  faults: readonly WizardFault[];
  onChange: (next: Partial<WizardPerson>) => void;
  onRemove?: () => void;
}) {
  const { t } = useWords();
  const { person, onChange } = props;
  const fault = props.faults.find((each) => each.step === 'people' && each.key === person.key);
  return (
    <li>
      <span className="wizard-number" aria-hidden="true">
        {props.sign}
      </span>
      <Input
        aria-label={props.name}
        placeholder={props.name}
        value={person.name}
        maxLength={40}
        autoFocus
        status={fault?.step === 'people' && fault.field !== 'password' ? 'error' : ''}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Input.Password
        aria-label={props.password}
        placeholder={t('wizard.people.passwordHint')}
        value={person.password}
        maxLength={200}
        autoComplete="new-password"
        status={fault?.step === 'people' && fault.field === 'password' ? 'error' : ''}
        onChange={(event) => onChange({ password: event.target.value })}
      />
      {props.onRemove && <Button onClick={props.onRemove}>{t('kit.remove')}</Button>}
      {fault?.step === 'people' && <span className="field-fault">{t(`wizard.fault.people.${fault.field}`)}</span>}
    </li>
  );
}
