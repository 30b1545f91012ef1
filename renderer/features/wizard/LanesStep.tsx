import { Button, Input, Segmented } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import type { WizardFault, WizardLane } from './model.ts';
import { changeWizard, useWizard } from './store.ts';

const directions = ['in', 'out', 'both'] as const;
type Direction = (typeof directions)[number];

/** Most car parks begin with one of these. */
const layouts: readonly { readonly id: 'pair' | 'two' | 'single'; readonly lanes: readonly Direction[] }[] = [
  { id: 'pair', lanes: ['in', 'out'] },
  { id: 'two', lanes: ['in', 'in', 'out', 'out'] },
  { id: 'single', lanes: ['both'] },
];

let made = 0;
const laneOf = (direction: Direction, name: string): WizardLane => {
  made += 1;
  return { key: `lane-${made}-${Date.now()}`, name, direction, camera: { kind: 'none' }, arm: true };
};

/** 车道: which ways in and out there are. */
export function LanesStep({ faults }: { faults: readonly WizardFault[] }) {
  const { t } = useWords();
  const { lanes } = useWizard((wizard) => wizard.state);
  const put = (next: readonly WizardLane[]): void => changeWizard({ lanes: next });
  const named = (direction: Direction, before: readonly WizardLane[]): string => {
    const n = before.filter((lane) => lane.direction === direction).length + 1;
    return t(`wizard.lanes.named.${direction}`, { n });
  };
  const add = (list: readonly Direction[], before: readonly WizardLane[]): void => {
    const all = [...before];
    for (const way of list) all.push(laneOf(way, named(way, all)));
    put(all);
  };
  const wrong = faults.filter((each) => each.step === 'lanes');
  const missing = wrong.find((each) => each.field !== 'name');
  return (
    <>
      {lanes.length === 0 && (
        <div className="wizard-choices">
          {layouts.map(({ id, lanes: ways }) => (
            <button key={id} type="button" className="wizard-choice" onClick={() => add(ways, [])}>
              <strong>{t(`wizard.lanes.layout.${id}`)}</strong>
              <span>{t(`wizard.lanes.layoutText.${id}`)}</span>
            </button>
          ))}
        </div>
      )}
      <Problem
        text={missing?.step === 'lanes' && missing.field !== 'name' ? t(`wizard.fault.lanes.${missing.field}`) : null}
      />
      <ul className="wizard-list">
        {lanes.map((lane, index) => (
          <li key={lane.key}>
            <span className="wizard-number">{index + 1}</span>
            <Input
              aria-label={t('wizard.lanes.name', { n: index + 1 })}
              value={lane.name}
              maxLength={60}
              status={wrong.some((each) => 'key' in each && each.key === lane.key) ? 'error' : ''}
              onChange={(event) =>
                put(lanes.map((each) => (each === lane ? { ...lane, name: event.target.value } : each)))
              }
            />
            <Segmented<Direction>
              aria-label={t('wizard.lanes.way', { name: lane.name })}
              value={lane.direction}
              options={directions.map((value) => ({ value, label: t(`wizard.lanes.direction.${value}`) }))}
              onChange={(direction) => put(lanes.map((each) => (each === lane ? { ...lane, direction } : each)))}
            />
            <Button onClick={() => put(lanes.filter((each) => each !== lane))}>{t('kit.remove')}</Button>
          </li>
        ))}
      </ul>
      <div className="wizard-row">
        {directions.map((direction) => (
          <Button key={direction} onClick={() => add([direction], lanes)}>
            {t(`wizard.lanes.add.${direction}`)}
          </Button>
        ))}
      </div>
    </>
  );
}
